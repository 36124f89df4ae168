"""A letter as HTML: the same words as the plain text, addresses as links, no picture, no script, no tracking."""

import html
import re

ADDRESS = re.compile(r"(https?://[^\s<>\"]+?)(?=[.,)]?(?:\s|$))")
PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{subject}</title></head>
<body style="margin:0;background:#f4f5f6"><div style="max-width:600px;margin:0 auto;padding:24px;background:#fff;
color:#1e2124;font:16px/1.6 'Pretendard GOV',Pretendard,'Apple SD Gothic Neo','Malgun Gothic',sans-serif">
<p style="margin:0 0 16px;font-weight:700;color:#0b50d0">이음</p>{paragraphs}
{footer}</div></body></html>"""


FOOTER = (
    '<p style="margin:24px 0 0;border-top:1px solid #cdd1d5;padding-top:16px;font-size:13px;color:#464c53">'
    '이런 알림을 그만 받으려면 <a href="{address}" style="color:#464c53">여기에서 끊을 수 있습니다</a>.</p>'
)


def page_of(subject: str, text: str, *, unsubscribe: str = "") -> str:
    """The HTML part of a mail; everything in it is escaped, a blank line begins a new paragraph."""
    paragraphs = "\n".join(
        f'<p style="margin:0 0 16px">{_linked(part)}</p>' for part in re.split(r"\n{2,}", text.strip())
    )
    footer = FOOTER.format(address=html.escape(unsubscribe)) if unsubscribe else ""
    return PAGE.format(subject=html.escape(subject), paragraphs=paragraphs, footer=footer)


def _linked(text: str) -> str:
    safe = html.escape(text).replace("\n", "<br>")
    return ADDRESS.sub(r'<a href="\1" style="color:#0b50d0">\1</a>', safe)
