"""What the operating system says of a file, in Chinese."""

from __future__ import annotations

import errno
from collections.abc import Mapping

_REASONS: Mapping[int, str] = {
    errno.EACCES: "没有权限：请检查文件和文件夹的权限，或是否正被别的程序占用", errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的", errno.ENOSPC: "磁盘满了", errno.EDQUOT: "磁盘配额用完了",
    errno.ENOTDIR: "路径中有一段不是文件夹", errno.EISDIR: "这是一个文件夹，不是文件", errno.ENOENT: "找不到",
    errno.ENAMETOOLONG: "文件名太长", errno.EEXIST: "已经有了", errno.EFBIG: "文件太大",
    errno.ELOOP: "链接绕成了圈", errno.EMFILE: "打开的文件太多", errno.ENFILE: "打开的文件太多",
    errno.EIO: "磁盘读写出错，请检查磁盘或网络盘", errno.EBUSY: "正被别的程序占用", errno.ETXTBSY: "正被别的程序占用",
    errno.ENODEV: "没有这个设备", errno.ENXIO: "没有这个设备", errno.ESTALE: "网络盘断开了，请重新连接",
    errno.ETIMEDOUT: "网络盘没有回应", errno.EHOSTDOWN: "网络盘没有回应", errno.ENOTCONN: "网络盘断开了，请重新连接",
    errno.EINVAL: "文件名里有这里不能用的字符", errno.EILSEQ: "文件名的编码不对", errno.ENOMEM: "内存不够",
    errno.ENOTEMPTY: "文件夹不是空的", errno.EXDEV: "不在同一个磁盘上", errno.EMLINK: "链接太多",
}


class Told(OSError):
    """An error of our own, whose ``strerror`` is in Chinese."""


def reason(error: OSError) -> str:
    """Why the system refused, in words; the name of the error where there are none for it."""
    if isinstance(error, Told):
        return str(error.strerror)
    known = _REASONS.get(error.errno or 0)
    return known or f"系统报告 {errno.errorcode.get(error.errno or 0, type(error).__name__)}"
