"""One spelling for the many ways in which a frightened parent types the same words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Removed before NFKC, which would turn some of them into a space.
_APOSTROPHES = "'’‘‛`´ʹʻʼʽˈ′‵＇՚׳"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\ufeff"
    + "".join(map(chr, range(0x200B, 0x2010)))
    + "".join(map(chr, range(0x202A, 0x202F)))
    + "".join(map(chr, range(0x2060, 0x2070)))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
# The two Arabic honorifics that NFKC would blow up to eighteen letters mean nothing here.
_REMOVED = dict.fromkeys(map(ord, _APOSTROPHES + _INVISIBLE)) | {ord("🆘"): " sos ", 0xFDFA: " ", 0xFDFB: " "}

# Accents, vowel points and tatweel go; й and ї stay (they are letters), and so do the vowel signs of Indian scripts
# (they carry the word). The nukta and the Bengali candrabindu go because few people type them.
_STRIPPED = re.compile(
    "(?<!и)\u0306|(?<!і)\u0308|[\u0300-\u0305\u0307\u0309-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u0981\u09bc]"
)

# Letters that no decomposition brings together, and the traditional forms of common Chinese characters.
_TRADITIONAL = (
    "沒没臉脸發发藍蓝嬰婴兒儿寶宝藥药電电氣气暈晕軟软無无應应癱瘫嗆呛搖摇殺杀傷伤護护車车緊紧會会動动"
    "過过們们個个還还給给腫肿斷断識识醫医對对來来時时頭头體体紺绀驚惊風风癲癫癇痫攣挛變变綠绿嚥咽嗎吗"
    "麼么這这裡里裏里覺觉腳脚難难見见聽听歲岁點点開开關关錢钱幣币鈕钮釦扣誤误貼贴續续繼继確确選选單单"
    "幫帮當当種种雙双灑洒瑩莹慘惨蒼苍溫温濕湿墜坠鐵铁塊块滅灭農农劑剂潔洁鹼碱壞坏掛挂熱热陣阵喚唤殼壳"
    "乾干喪丧盡尽嚨咙團团縫缝臺台臟脏軀躯撐撑擊击瘋疯讓让實实嚴严話话誰谁請请後后並并產产強强壓压處处"
    "與与爲为為为塵尘寧宁網网邊边現现問问間间門门報报飛飞飲饮餵喂獨独僅仅剛刚幾几許许將将從从遠远醬酱"
    "為为"
)
_SAME = {
    **{_TRADITIONAL[i]: _TRADITIONAL[i + 1] for i in range(0, len(_TRADITIONAL), 2)},
    **dict(zip("ıłøđðґ", "iloddг", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    **dict(zip("ٱىیېکةہھەۀ", "ايييكههههه", strict=True)),
    "ء": "",
    "ँ": "ं",
}
_SAME_TABLE = {ord(key): value for key, value in _SAME.items()}

# French and Italian write a short word together with the next ("n'arrive"): two words, unlike "isn't".
_ELISION = re.compile(r"\b(l|d|j|n|s|m|t|c|qu|jusqu|lorsqu)['’‘´`ʼ](?=[aeiouyhàâéèêëîïôœ])", re.IGNORECASE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECE = re.compile(f"[{_HAN}]|[^\\s{_HAN}]+")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_RUN = re.compile(r"([^\W\d_])\1+")
# Blanks, hyphens, slashes and markup part words; any other sign also parts sentences. Python's \w leaves out the vowel
# signs of Indian and South-East Asian scripts, so their blocks are named.
_BREAK = re.compile(
    "[\n\r\u2028\u2029]|[^\\w\\s\\-‐-―/\\\\+&*~\u0300-\u036f\u0900-\u0963\u0971-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
_PART = re.compile(r"[\-‐-―/\\+&*~_]")
_BREAK_MARK = "\0"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in one spelling, and which of them begin after a comma, full stop or other break."""

    words: tuple[str, ...]
    after_break: tuple[bool, ...]

    def broken(self, start: int, end: int) -> bool:
        """Say whether a break lies before any of the words from start up to and including end."""
        return any(self.after_break[start : end + 1])


def fold(text: str) -> str:
    """Bring letters to one form (width, case, accents, apostrophes) and leave the rest alone."""
    text = _ELISION.sub(r"\1 ", text).translate(_REMOVED)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_REMOVED)
    text = text.casefold()
    if not text.isascii():
        text = _STRIPPED.sub("", unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", text).translate(_SAME_TABLE)
        text = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    # Three of a letter say that it was drawn out on purpose; digits are kept as they are (112, 999).
    return _LONG_RUN.sub(r"\1\1\1", text)


def spell_out(text: str) -> str:
    """Write German umlauts as two letters, as many do on a foreign keyboard."""
    return text.translate(_UMLAUTS)


def shorten(word: str) -> str:
    """Take a letter that was drawn out ("nooo") once."""
    return _LONG_RUN.sub(r"\1", word)


def squeeze(word: str) -> str:
    """Take every repeated letter once: "swallowed", "swalowed" and "swaalowed" become one."""
    return _RUN.sub(r"\1", word)


def words(text: str) -> Words:
    """Split a text into words in one spelling; each Chinese character counts as a word."""
    text = _BREAK.sub(f" {_BREAK_MARK} ", fold(text))
    text = _PART.sub(" ", text)
    found: list[str] = []
    after_break: list[bool] = []
    pending = False
    for piece in text.split() if text.isascii() else _PIECE.findall(text):
        if piece == _BREAK_MARK:
            pending = True
        else:
            found.append(piece)
            after_break.append(pending)
            pending = False
    return Words(tuple(found), tuple(after_break))


def normalise(text: str) -> str:
    """Write a text as its words in one spelling, one blank between them and no letter drawn out."""
    return " ".join(map(shorten, words(text).words))
