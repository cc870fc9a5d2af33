#!/usr/bin/env python3
"""rulebook.py DIRECTORY: a rulebook of 10,000 rules, 30,000 phrases and 500 patterns in a hundred files."""
import random
import sys
from pathlib import Path

random.seed(1)
directory = Path(sys.argv[1])
directory.mkdir(parents=True)
characters = [chr(0x4E00 + 6 * n) for n in range(3000)]
words = set()
while len(words) < 30000:
    words.add("".join(random.choice(characters) for _ in range(random.choice([2, 3, 3, 4]))))
words = sorted(words)
random.shuffle(words)
(directory / "rulebook.yaml").write_text("""rulebook: 1
name: bench
timezone: Asia/Shanghai
case_id: {prefix: B}
levels: [{id: green, title: green, score: 0}]
categories: [{id: property, title: property}, {id: other, title: other}]
fallback: {category: other, lead: center}
departments: [{id: center, title: center}]
calendar: {hours: ['08:30-17:30'], years: {2026: {}}}
routes: [{id: all, lead: center}]
deadlines: [{id: base, accept: 1wd, resolve: 5wd}]
""")
for file in range(100):
    lines = ["classification:"]
    for number in range(file * 100, file * 100 + 100):
        three = words[number * 3 : number * 3 + 3]
        pattern = f", matches: '({three[0]}|{three[1]}).{{0,12}}[0-9]{{1,3}}({three[2]}|元)'" if number % 20 == 0 else ""
        lines.append(f"  - {{id: r{number}, when: {{text: {{any: [{', '.join(three)}]{pattern}}}}}, then: {{category: property}}}}")
    (directory / f"rules-{file}.yaml").write_text("\n".join(lines) + "\n")
