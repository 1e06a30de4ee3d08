"""Writes the golden file of the tokenizer's test: 10,000 strings and what Hugging Face's tokenizer makes of them.

    python tokens.py ../reader/testdata/pieces.gz

The strings are sentences of the bundled article and made-up ones: many scripts, accents, emoji, controls, bytes that are not
UTF-8, long words, marks of direction.

The file, compressed with gzip, is a run of unsigned LEB128 numbers: for each string the number of its bytes, the bytes
themselves, the number of its pieces, and for each piece its row of the vocabulary, the bytes between it and the end of the
piece before it (zigzag), and its own bytes.
"""
import codecs
import gzip
import os
import random
import re
import sys
import unicodedata

from tokenizers import Tokenizer

from text import base_folder

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = [  # first and last code point
    (0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x24F), (0x250, 0x2AF), (0x2B0, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x530, 0x58F),
    (0x590, 0x5FF), (0x600, 0x6FF), (0x700, 0x74F), (0x900, 0x97F), (0x980, 0x9FF), (0xA00, 0xA7F), (0xB00, 0xB7F),
    (0xB80, 0xBFF), (0xC80, 0xCFF), (0xD00, 0xD7F), (0xE00, 0xE7F), (0xE80, 0xEFF), (0xF00, 0xFFF), (0x1000, 0x109F),
    (0x10A0, 0x10FF), (0x1100, 0x11FF), (0x1200, 0x137F), (0x13A0, 0x13FF), (0x1780, 0x17FF), (0x1800, 0x18AF),
    (0x1B00, 0x1B7F), (0x1E00, 0x1EFF), (0x1F00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x20CF), (0x2100, 0x218F),
    (0x2190, 0x23FF), (0x2460, 0x27BF), (0x2C00, 0x2C7F), (0x2E00, 0x2E7F), (0x3000, 0x303F), (0x3040, 0x30FF),
    (0x3100, 0x31FF), (0x3400, 0x34FF), (0x4E00, 0x9FFF), (0xA640, 0xA6FF), (0xA720, 0xA7FF), (0xAC00, 0xD7A3),
    (0xE000, 0xE0FF), (0xF900, 0xFAFF), (0xFB00, 0xFB4F), (0xFE00, 0xFE6F), (0xFF00, 0xFFEF), (0x10000, 0x100FF),
    (0x10400, 0x1044F), (0x1D100, 0x1D1FF), (0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF), (0x2F800, 0x2FA1F),
    (0xE0000, 0xE007F)]
CONTROLS = "\x00\x01\x07\x08\t\n\x0b\x0c\r\x1b\x1c\x1f\x7f\x80\x85\x9f\xa0\xad\u200b\u200c\u200d\u200e\u200f\u2028\u2029" \
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2069\ufeff\ufffd\uffff\u3000\u1680\u180e\u2000\u200a\u202f\u205f\U000e0001"
WORDS = """the a of to and in is that it was for on with as at by from or an be this have are not but had his they which one you
were all her she there would their we him been has when who will no more if out so up said what its about than into them can
only other new some could time these two may then do first any my now such like our over man me even most made after also did
many before must through years where much your way well down should because each just those people how too little state good
very make world still own see men work long get here between both life being under never day same another know while last might
us great old year off come since against go came right used take three Where When Who Why How won't can't it's didn't anyone's
Müller café naïve façade Zürich São Paulo Kraków Đakovo İstanbul ÅNGSTRÖM Łódź Ñandú straße Αθήνα Москва Київ תל אביב القاهرة
दिल्ली กรุงเทพ 東京 北京 서울 ხაშური Երևան 3.5 1,000 $20 €7.50 10% 2023-09-19 12:30 #1 @home C++ C# .NET node.js foo_bar fooBar
http://example.org/a?b=c&d=e a@example.org /usr/local/bin --force \"quoted\" “quoted” ‘single’ it’s — – … • → ✓ ™ ½ ² ﬁne Ⅳ ①
[CLS] [SEP] [MASK] [PAD] [UNK] [unused0] ##ing ## unaffable antidisestablishmentarianism supercalifragilisticexpialidocious
Nagorno-Karabakh Azerbaijan Stepanakert server channel Discord moderators permissions rollback update patch cooldown""".split()
EMOJI = ["😀", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "❤️", "1️⃣", "🧑🏿‍🚀", "☎", "☺︎"]


def lone(error):
    """Decodes as Go does: one replacement character for every byte that does not belong."""
    return "\ufffd", error.start + 1


codecs.register_error("lone", lone)


def character(rnd):
    while True:
        low, high = rnd.choice(SCRIPTS)
        code = rnd.randint(low, high)
        if not 0xD800 <= code < 0xE000:
            return chr(code)


def script_word(rnd):
    low, high = rnd.choice(SCRIPTS)
    return "".join(chr(rnd.randint(low, high)) for _ in range(rnd.randint(1, 6)))


def accented(rnd):
    return "".join(c + rnd.choice(["", "", "\u0301", "\u0327", "\u0308\u0323", "\u0338"]) for c in rnd.choice(WORDS))


def long_word(rnd):
    unit = rnd.choice(["a", "x1", "é", "e\u0301", "ß", "lol", "ha", "я", "한", "İ", "ﬀ", "ing"])
    runes = rnd.choice([98, 99, 100, 101, 102, 150])
    return (unit * runes)[:runes]


def moves(text):
    """Whether a mark stands here that is kept and that normalization may move: its offsets would be odd ones."""
    return any(unicodedata.combining(c) and unicodedata.category(c) == "Mc" for c in text)


def broken(rnd):
    return rnd.choice([b"\xff", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xc0\xaf", b"\x80\x80", b"\xf4\x90\x80\x80",
                       bytes(rnd.randrange(256) for _ in range(4))])


def strings(rnd):
    with open(os.path.join(HERE, "../corpus/bundled.md"), encoding="utf-8") as file:
        article = file.read()
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", article) if s][:100]
    made = [b"", b" ", b"\x00", "a".encode(), "\u0301".encode(), "[SEP]".encode(), "\ufeffBOM".encode()]
    made += [s.encode() for s in sentences]
    made += [chr(c).encode() for low, high in SCRIPTS for c in range(low, high + 1, 37) if not 0xD800 <= c < 0xE000][:1200]
    while len(made) < 10000:
        parts = []
        for _ in range(rnd.randint(1, 7)):
            pick = rnd.random()
            word = (rnd.choice(WORDS) if pick < .6 else script_word(rnd) if pick < .72 else accented(rnd) if pick < .78 else
                    rnd.choice(EMOJI) if pick < .82 else rnd.choice(CONTROLS) if pick < .88 else character(rnd) if pick < .95 else
                    "".join(rnd.choice(WORDS) for _ in range(3)) if pick < .99 else long_word(rnd))
            if rnd.random() < .1:
                word = word.upper()
            word = word.encode()
            if rnd.random() < .04:
                at = rnd.randint(0, len(word))
                word = word[:at] + broken(rnd) + word[at:]
            parts.append(word)
            parts.append(rnd.choice([b" "] * 12 + [b"", b"", b",", b". ", b"  ", b"\n", b"\t", "\u00a0".encode(), "\u200b".encode()]))
        text = b"".join(parts)
        if not moves(text.decode(errors="ignore")):
            made.append(text)
    return made


def number(value):
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(value):
    return value << 1 if value >= 0 else (-value << 1) - 1


def places(raw):
    """Byte offsets of every character of raw, decoded one by one, and of its end."""
    offsets, at = [], 0
    for c in raw.decode("utf-8", "lone"):
        offsets.append(at)
        size = len(c.encode())
        at += size if raw[at:at + size] == c.encode() else 1
    return offsets + [at]


def main():
    tokenizer = Tokenizer.from_file(os.path.join(base_folder(), "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in a text is text
    out = bytearray()
    for raw in strings(random.Random(1)):
        at = places(raw)
        assert at[-1] == len(raw)
        encoded = tokenizer.encode(raw.decode("utf-8", "lone"), add_special_tokens=False)
        out += number(len(raw)) + raw + number(len(encoded.ids))
        end = 0
        for piece, (first, last) in zip(encoded.ids, encoded.offsets):
            out += number(piece) + number(zigzag(at[first] - end)) + number(at[last] - at[first])
            end = at[last]
    with open(sys.argv[1], "wb") as file:
        file.write(gzip.compress(bytes(out), 9, mtime=0))


if __name__ == "__main__":
    main()
