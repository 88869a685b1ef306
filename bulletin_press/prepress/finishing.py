"""What a printing file says of itself: PDF/X-4 (ISO 15930-7), the condition that it is separated for."""

from __future__ import annotations

import hashlib
import io
from html import escape
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from bulletin_press.prepress.colour import Condition

VERSION = "PDF/X-4"
_SCREEN = ("/StructTreeRoot", "/MarkInfo", "/Names", "/Outlines", "/OutputIntents", "/Metadata", "/ViewerPreferences",
           "/OpenAction", "/Dests", "/PageLabels", "/AcroForm")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate><xmp:MetadataDate>{day}</xmp:MetadataDate>
<xmp:CreatorTool>bulletin-press</xmp:CreatorTool>
<pdf:Producer>bulletin-press</pdf:Producer><pdf:Trapped>False</pdf:Trapped><pdf:Keywords>{keywords}</pdf:Keywords>
<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def finished(pdf: pikepdf.Pdf, condition: Condition, *, title: str, author: str, day: str, keywords: str = "") -> bytes:
    """A file for the print shop, of pages that are in inks and have their boxes; the same pages, the same bytes.

    Args:
        pdf: the pages.
        condition: what they were separated for.
        title: the document's.
        author: the document's.
        day: when it was issued, ISO 8601: nothing depends on the clock.
        keywords: what else it says of itself.
    """
    for key in _SCREEN:
        if key in pdf.Root:
            del pdf.Root[key]
    profile = pdf.make_stream(condition.profile)
    profile.N, profile.Alternate = 4, Name.DeviceCMYK
    bundled = condition.name == Condition().name
    pdf.Root.OutputIntents = Array([pdf.make_indirect(Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, DestOutputProfile=pdf.make_indirect(profile),
        OutputConditionIdentifier=String("FOGRA39" if bundled else condition.name), Info=String(condition.name),
        OutputCondition=String(condition.name), RegistryName=String("http://www.color.org" if bundled else "")))])
    stamp = f"D:{day.replace('-', '')}000000Z"
    for old in list(pdf.docinfo.keys()):
        del pdf.docinfo[old]
    for new, value in {"/Title": String(title), "/Author": String(author), "/Creator": String("bulletin-press"),
                       "/Producer": String("bulletin-press"), "/CreationDate": String(stamp),
                       "/ModDate": String(stamp), "/Trapped": Name("/False"),
                       "/GTS_PDFXVersion": String(VERSION)}.items():
        pdf.docinfo[new] = value
    identity = hashlib.sha256(f"{title}\n{author}\n{day}".encode()).hexdigest()[:32]
    xmp: Any = pdf.make_stream(_XMP.format(
        title=escape(title), author=escape(author), day=f"{day}T00:00:00Z", keywords=escape(keywords),
        version=VERSION, identity=identity).encode("utf-8"))
    xmp.Type, xmp.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(xmp)
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, force_version="1.6", fix_metadata_version=False,
             object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()
