"""One file that is both PDF/A-2a and PDF/UA-1.

WeasyPrint writes the one or the other. What the two ask of a file is the same but for what the
metadata say, and for a few entries: they are mended here, before the file is written.
"""

from __future__ import annotations

from typing import Any

# WeasyPrint's variant that is nearest: output intent, identifier, printable links, tags.
VARIANT = "pdf/a-2a"

# PDF/A knows a closed set of metadata; what goes beyond it is declared (ISO 19005-2, 6.6.2.3).
_ACCESSIBLE = """\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />\
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
_END = "</rdf:RDF>"


def conform(document: Any, pdf: Any) -> None:
    """Make a PDF of the variant ``VARIANT`` conform to PDF/UA-1 too; a finisher for ``write_pdf``.

    Args:
        document: the laid-out document.
        pdf: the ``pydyf.PDF`` made of it, about to be written.

    Raises:
        ValueError: WeasyPrint writes its metadata in another way than the known one.
    """
    _declare(pdf.objects[_number(pdf.catalog["Metadata"])])
    for one in pdf.objects:
        extra = getattr(one, "extra", {})
        if extra.get("Subtype") == "/Image":
            extra["Interpolate"] = "false"  # ISO 19005-2, 6.2.8


def _declare(metadata: Any) -> None:
    """Say that the file is PDF/UA-1, in metadata that can be read without a PDF reader."""
    head, end, tail = metadata.stream[0].decode("utf-8").partition(_END)
    if not end:
        raise ValueError("no rdf:RDF in the metadata")
    metadata.stream = [(head + _ACCESSIBLE + end + tail).encode("utf-8")]
    metadata.compress = False


def _number(reference: bytes) -> int:
    return int(reference.split()[0])

