#!/usr/bin/env python3
"""generate.py DIRECTORY [FILES [RULES]]: a rulebook of so many files with so many rules in all, for measuring `triaged check`.

Of ten rules eight classify (phrases, lexicons, tags, fields, patterns), one is a route and one a deadline, an escalation
or an `also` row. The same numbers give the same rulebook."""
import os
import random
import sys

folder = sys.argv[1]
files = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
rules = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
per_file = rules // files
random.seed(20261122)
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
CATEGORIES = 60
DEPARTMENTS = 80
AREAS = 40


def word(least=2, most=5):
    return ''.join(random.choice(HAN) for _ in range(random.randint(least, most)))


def words(count):
    return '[' + ', '.join(dict.fromkeys(word() for _ in range(count))) + ']'


def write(name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def head():
    categories = '\n'.join(f'  - {{id: c{n}, title: 类别{n}}}' for n in range(CATEGORIES))
    areas = ', '.join(f'{{id: a{n}, kind: community, title: 第{n}社区}}' for n in range(AREAS))
    departments = '\n'.join(f'  - {{id: d{n}, title: 单位{n}, escalates_to: center}}' for n in range(DEPARTMENTS))
    return f'''rulebook: 1
name: 规模测试
timezone: Asia/Shanghai
case_id: {{prefix: ZZ}}
levels:
  - {{id: green, title: 绿色, score: 0}}
  - {{id: yellow, title: 黄色, score: 5}}
  - {{id: red, title: 红色, score: 10}}
categories:
{categories}
fallback: {{category: c0, lead: center}}
areas:
  - {{id: street, kind: street, title: 某街道, areas: [{areas}]}}
departments:
  - {{id: center, title: 综治中心}}
{departments}
  - {{for_each_area: {{kind: community}}, id: 'community@{{area.id}}', title: '{{area.title}}调委会', escalates_to: center}}
calendar:
  hours: ['08:30-12:00', '14:30-17:30']
  years: {{2026: {{off: ['2026-10-01..2026-10-07'], on: ['2026-10-10']}}}}
routes:
  - {{id: base, lead: center}}
deadlines:
  - {{id: base, accept: 1wd, resolve: 5wd}}
'''


def classification(file, number):
    name = f'r{file}-{number}'
    category = f'c{random.randrange(CATEGORIES)}'
    kind = number % 8
    if kind < 4:
        when, then = f'{{text: {{any: {words(4)}}}}}', f'{{category: {category}, score: 1}}'
    elif kind == 4:
        when, then = f'{{text: {{lexicon: l{file}}}}}', f'{{category: {category}, tags: [t{file}]}}'
    elif kind == 5:
        when = f'{{all: [{{text: {{any: {words(3)}}}}}, {{field: people_count, at_least: {random.randint(2, 50)}}}]}}'
        then = '{level: yellow}'
    elif kind == 6:
        when, then = f'{{tag: t{file}, text: {{all: {words(2)}}}}}', '{level: red}'
    else:
        when, then = f"{{text: {{matches: '{word()}.{{0,9}}{word()}'}}}}", f'{{category: {{{category}: 2}}}}'
    return f'  - {{id: {name}, when: {when}, then: {then}}}\n'


def row(file):
    """One row of a table, in turn; the priority settles overlaps."""
    category, level = f'c{file % CATEGORIES}', ['green', 'yellow', 'red'][file % 3]
    when = f'{{category: {category}, level: {level}, tag: t{file}}}'
    priority = f'priority: {file // 2 % 1000 + 1}'
    if file % 4 == 0:
        return f'deadlines:\n  - {{id: dl{file}, when: {when}, {priority}, accept: {file % 7 + 1}wd, resolve: {file % 20 + 1}wd}}\n'
    if file % 4 == 1:
        return f'also:\n  - {{id: al{file}, when: {when}, assist: [d{file % DEPARTMENTS}]}}\n'
    if file % 4 == 2:
        return f'escalation:\n  - {{id: e{file}, on: {{overdue: resolve, by: {file % 9 + 1}wd}}, when: {when}, then: {{notify: d{file % DEPARTMENTS}}}}}\n'
    return f'reminders:\n  - {{id: rm{file}, when: {when}, {priority}, at: [{file % 80 + 10}%, 0]}}\n'


def rule_file(file):
    text = f'lexicons:\n  - {{id: l{file}, title: 词表{file}, phrases: {words(20)}}}\nclassification:\n'
    for number in range(per_file - 2):
        text += classification(file, number)
    category = f'c{file % CATEGORIES}'
    area = f'a{file % AREAS}'
    route = f'{{category: {category}, area: {{under: {area}}}, tag: t{file}}}'
    text += f'routes:\n  - {{id: rt{file}, when: {route}, priority: {file % 1000}, lead: d{file % DEPARTMENTS}}}\n'
    return text + row(file)


write('rulebook.yaml', head())
for file in range(files):
    write(f'part{file // 100}/rules{file}.yaml', rule_file(file))
