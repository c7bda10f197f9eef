"""Strings that have broken programs: markup, links, quotes, formats, queries, paths, printer and terminal commands,
directions, marks, control characters, and more than anybody would type.

``PORT`` and ``FILE`` stand for a port of this machine that is listened to and a file that is watched: whoever fetches
or reads what a text merely mentions is seen.
"""

PORT, FILE = "{port}", "{file}"

_MARKUP = {
    "image, quoted": '<img src="http://127.0.0.1:{port}/quoted.png">',
    "image, bare": "<img src=http://127.0.0.1:{port}/bare.png>",
    "image of a file": '<img src="file://{file}">',
    "image of a path": "<img src={file}>",
    "image, nothing": "<img src=x onerror=alert(1)>",
    "markdown image": "![x](http://127.0.0.1:{port}/markdown.png)",
    "link to a file": '<a href="file:///etc/passwd">x</a>',
    "link to a script": '<a href="javascript:alert(1)">x</a>',
    "bold": "<b>bold</b>",
    "entity": "&lt;img src=x&gt; &amp;#60;",
    "script": "<script>fetch('http://127.0.0.1:{port}/script')</script>",
    "script after the end": "</title></style></textarea><script>alert(1)</script>",
    "handler": "\" onfocus=alert(1) autofocus x=\"' onmouseover=alert(1) '",
    "vector image": '<svg onload=alert(1)><image href="http://127.0.0.1:{port}/vector"/></svg>',
    "frame": '<iframe src="http://127.0.0.1:{port}/frame"></iframe>',
    "style": '<style>@import "http://127.0.0.1:{port}/style.css"; *{display:none}</style>',
    "base": '<base href="http://127.0.0.1:{port}/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1:{port}/">',
    "comment": "<!-- ]]> --><?xml version='1.0'?><!DOCTYPE x SYSTEM 'file://{file}'>",
}
_CODE = {
    "single quote": "'",
    "double quote": '"',
    "backtick": "`id`",
    "backslash": "\\ \\\\ \\n \\u0041 \\x00",
    "format": "%s%n%d %1 %L1 {0} {name} {{x}}",
    "template": "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "lookup": "${jndi:ldap://127.0.0.1:{port}/a}",
    "shell": "; touch {file}.made | $(touch {file}.made)",
    "query": "'); DROP TABLE ticket; --",
    "directory": "*)(uid=*))(|(uid=*",
    "sheet": "=cmd|'/C calc'!A0",
    "path up": "../../../../etc/passwd",
    "path of Windows": "C:\\con\\aux.txt",
    "log line": "\r\nInjected: log\r\n\r\n<b>body",
    "separator": "张三\u2028李四\u2029\x85\x0b\x0c",
}
_COMMANDS = {
    "printer: reset": "\x1b@",
    "printer: cut": "\x1dVA\x00",
    "printer: drawer": "\x1bp\x00\x19\xfa",
    "printer: real time": "\x10\x04\x01\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
    "printer: code": "\x1d(k\x03\x001A2",
    "terminal": "\x1b[2J\x1b]0;title\x07\x1b[6n\x9b31m",
}
_LETTERS = {
    "nothing at all": "\x00",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f",
    "reversed": "\u202egnp.exe \u2066x\u2069\u200f",
    "mark of order": "\ufeff\ufffe\uffff",
    "half a character": "\ud800 x \udfff\udc00",
    "many marks": "Z" + "\u0351\u0357\u0301" * 200 + "a\u031bl",
    "families": "👩‍👩‍👧‍👦" * 12 + "🏳️‍🌈" + "\U000e0041\U000e007f",
    "wide and thin": "﷽" * 8 + "\u200b" * 50 + "ﬃ",
    "no space to break at": "W" * 300,
    "rare": "𠮷𡃁㐂鿫𰻞",
    "right to left": "شكرا لكم جميعا ١٢٣ abc",
}
#: Long ones: drawing them costs time in earnest, so they are not given to every text.
LONG = {
    "arabic, endless": "ا" * 100_000,
    "letters, endless": "A" * 65_536,
    "chinese, endless": "字" * 10_000,
    "lines, endless": "x\n" * 20_000,
}
SHORT = {**_MARKUP, **_CODE, **_COMMANDS, **_LETTERS}


def aimed(text: str, port: int, file: str) -> str:
    """``text`` with the port and the file in their places."""
    return text.replace(PORT, str(port)).replace(FILE, file)
