#!/usr/bin/env python3
"""engines.py BENCH: a case's cost beside public rule engines from PyPI, measured in turn, round by round.

The rules are the same; the others get them as "any of these phrases is contained in the normalised text", compiled
beforehand: zen-engine as a decision table with a row for each rule, which is how its rules are written, and as one
expression for all rules; datalogic as one array of rules. Ours reads the raw text and also does patterns, exceptions,
negation, votes and levels.
"""
import json
import subprocess
import sys
import time

import datalogic_py
import zen

ROUNDS = 3
bench = sys.argv[1]


def ours(count):
    """Microseconds a case in all and after normalisation."""
    line = subprocess.run([bench, "case", str(count)], check=True, capture_output=True, text=True).stdout
    whole, after, _ = line.split()
    return float(whole), float(after)


def contains_any(rules, text):
    return [" or ".join(f"contains({text}, '{phrase}')" for phrase in rule) for rule in rules]


def zen_table(rules):
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "text", "name": "text", "type": "expression", "field": "text"}],
        "outputs": [{"id": "rule", "name": "rule", "type": "expression", "field": "rule"}],
        "rules": [
            {"_id": str(number), "text": part, "rule": str(number)}
            for number, part in enumerate(contains_any(rules, "$"))
        ],
    }
    place = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", **place},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table, **place},
        {"id": "out", "name": "out", "type": "outputNode", **place},
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    content = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    decision = zen.ZenEngine().create_decision(json.dumps(content))

    def evaluate(text):
        found = {row["rule"] for row in decision.evaluate({"text": text})["result"] or []}
        return [number in found for number in range(len(rules))]

    return evaluate


def zen_expression(rules):
    parts = contains_any(rules, "text")
    expression = zen.compile_expression("[" + ", ".join(f"({part})" for part in parts) + "]")
    return lambda text: expression.evaluate({"text": text})


def datalogic(rules):
    parts = [{"or": [{"in": [phrase, {"var": "text"}]} for phrase in rule]} for rule in rules]
    rule = datalogic_py.Engine().compile(json.dumps(parts, ensure_ascii=False))
    return lambda text: json.loads(rule.evaluate_str(json.dumps({"text": text}, ensure_ascii=False)))


def timed(evaluate, texts):
    start = time.perf_counter()
    for text in texts:
        evaluate(text)
    return (time.perf_counter() - start) / len(texts) * 1e6


names = ["zen table", "zen expression", "datalogic"]
print("%8s%14s%14s" % ("rules", "ours in all", "normalised") + "".join("%16s%8s" % (name, "ratio") for name in names))
for count in [10, 100, 1000, 10000]:
    given = json.loads(subprocess.run([bench, "dump", str(count)], check=True, capture_output=True, text=True).stdout)
    rules = given["rules"]
    texts = given["texts"][: 200 if count < 1000 else 40 if count < 10000 else 10]
    engines = [zen_table(rules), zen_expression(rules), datalogic(rules)]
    for text in texts[:3]:
        wanted = [any(phrase in text for phrase in rule) for rule in rules]
        for name, evaluate in zip(names, engines):
            if [bool(found) for found in evaluate(text)] != wanted:
                sys.exit(f"{name} found other rules")
    own = (float("inf"),) * 2
    best = [float("inf")] * len(engines)
    for _ in range(ROUNDS):
        own = min(own, ours(count))
        for place, evaluate in enumerate(engines):
            best[place] = min(best[place], timed(evaluate, texts))
    cells = "".join("%16.1f%7.0fx" % (value, value / own[0]) for value in best)
    print("%8d%14.1f%14.1f" % (count, *own) + cells, flush=True)
