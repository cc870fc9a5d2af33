#!/usr/bin/env python3
"""Writes Sources/TriageText/FoldingData+*.swift: the tables by which text and phrases are folded.

    python3 -m venv venv && venv/bin/pip install opencc==1.4.2
    venv/bin/python Scripts/make-folding-table.py Sources/TriageText

Sources: Python's `unicodedata` (Unicode Character Database, 14.0 in Python 3.11) for NFKC, lower case, classes and
canonical compositions; OpenCC's `t2s` dictionary (package `opencc`, Apache-2.0, see NOTICE) for Traditional to
Simplified, asked one character at a time: a table by scalar cannot tell 乾隆 from 乾燥, which is harmless because
phrases go through the same table. The result is deterministic for given versions.
"""
import sys
import unicodedata as ud

import opencc

T2S = opencc.OpenCC("t2s")
OUT = sys.argv[1] if len(sys.argv) > 1 else "Sources/TriageText"
WIDTH = 100

# What OpenCC leaves, since it depends on the word, and matching wants one way: 拿著刀 is 拿着刀.
ONE_WAY = {"著": "着"}

# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, which unicodedata does not offer.
IGNORABLE = [
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
]
BREAKS = {0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029}


def nfkc(s):
    return ud.normalize("NFKC", s)


def fold(c):
    s = c
    while True:
        lower = nfkc(nfkc(s).lower())
        r = nfkc("".join(ONE_WAY.get(x) or T2S.convert(x) for x in lower))
        if r == s:
            return s
        s = r


def ignorable(i):
    return any(a <= i <= b for a, b in IGNORABLE)


def kind(i):
    """The class of a scalar that folds to itself."""
    c = chr(i)
    cat = ud.category(c)
    if i in BREAKS:
        return "breaks"
    if cat == "Zs" or i == 9:
        return "blanks"
    if ignorable(i) or cat in ("Cc", "Cf"):
        return "dropped"
    if cat[0] in "PS":
        return "marks"
    return None


def literal(s):
    out = []
    for c in s:
        plain = ud.category(c) in ("Lo", "Ll", "Lu", "Nd", "Nl", "No") and ud.normalize("NFC", c) == c
        plain = plain and (ord(c) < 0x80 or 0x3400 <= ord(c) < 0xA000)
        out.append(c if plain else "\\u{%X}" % ord(c))
    return out


def lines(tokens):
    line = ""
    for t in tokens:
        if len(line) + len(t) > WIDTH:
            yield line
            line = ""
        line += t
    if line:
        yield line


def text(name, doc, tokens):
    body = "\\\n".join("    " + l for l in lines(tokens))
    return f"  /// {doc}\n  static let {name}: StaticString = \"\"\"\n{body}\n    \"\"\"\n"


def write(part, comment, blocks):
    with open(f"{OUT}/FoldingData+{part}.swift", "w", encoding="utf-8") as f:
        f.write(f"// Written by Scripts/make-folding-table.py; do not edit. {comment}\n\n")
        f.write("extension FoldingData {\n" + "\n".join(blocks) + "}\n")


def ranges(numbers):
    runs = []
    for n in sorted(numbers):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return [f"{a:X}-{b:X} " for a, b in runs]


def runs(pairs):
    """`FIRST-LAST/STEP>TARGET ` for sources that keep one distance to their targets, in hex."""
    out = []
    for a, b in pairs:
        if out:
            first, last, step, delta = out[-1]
            if b - a == delta and (a - last == step or (step == 0 and a - last <= 2)):
                out[-1] = [first, a, a - last, delta]
                continue
        out.append([a, a, 0, b - a])
    return [f"{f:X}-{l:X}/{max(s, 1)}>{f + d:X} " for f, l, s, d in out]


def main():
    han, letters, expansions, kinds = [], [], [], {}
    for i in range(0x110000):
        c = chr(i)
        if 0xD800 <= i < 0xE000 or 0xAC00 <= i < 0xD7A4 or ud.category(c) in ("Cn", "Co"):
            continue
        k = kind(i)
        if k in ("dropped", "breaks", "blanks"):
            if i < 0x10000:
                kinds.setdefault(k, []).append(i)
            continue
        # NFKC writes spacing accents and the like as a space and a mark; the space is no part of the word.
        f = "".join(x for x in fold(c) if x != " " and not ignorable(ord(x)))
        if f == c:
            if k and i < 0x10000:
                kinds.setdefault(k, []).append(i)
        elif len(f) == 1:
            (han if 0x2E80 <= ord(f) and i >= 0x2E80 and ud.category(f) == "Lo" else letters).append(c + f)
        elif f:
            expansions.append(c + f + " ")
        elif i < 0x10000:
            kinds.setdefault("dropped", []).append(i)
    compositions = []
    for i in range(0x110000):
        c = chr(i)
        d = ud.decomposition(c).split()
        if len(d) == 2 and not d[0].startswith("<") and nfkc(ud.normalize("NFD", c)) == c and fold(c) == c:
            compositions.append(chr(int(d[0], 16)) + chr(int(d[1], 16)) + c)
    join = lambda groups: [t for g in groups for t in literal(g)]
    spaced = lambda groups: [t for g in groups for t in literal(g[:-1]) + [" "]]
    write("Han", "OpenCC t2s (Apache-2.0) and NFKC, one scalar to one.",
          [text("han", "Source and target in turn, ascending by source.", join(han))])
    write("Letters", "NFKC and lower case, one scalar to one; canonical compositions.", [
        text("letters", "FIRST-LAST/STEP>TARGET: scalars that keep one distance to their targets, in hex.",
             runs([(ord(g[0]), ord(g[1])) for g in letters])),
        text("compositions", "Base, combining mark, composed scalar.", join(compositions)),
    ])
    write("Marks", "NFKC of one scalar to several; classes.", [
        text("expansions", "Source, its targets, a space.", spaced(expansions)),
        text("blanks", "White space within a line, as ranges in hex.", ranges(kinds["blanks"])),
        text("breaks", "White space that ends a line.", ranges(kinds["breaks"])),
        text("dropped", "What shows nothing: zero-width marks, controls.", ranges(kinds["dropped"])),
        text("marks", "Punctuation and symbols.", ranges(kinds["marks"])),
    ])


main()
