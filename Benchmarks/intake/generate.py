#!/usr/bin/env python3
"""generate.py FOLDER COUNT: invented two-kilobyte cases as YAML, the same ones each time."""
import os
import random
import sys

folder, count = sys.argv[1], int(sys.argv[2])
rng = random.Random(20261121)
OPENINGS = ["来电人反映", "居民反映", "群众来访称", "网格员走访发现"]
MATTERS = [
    "楼上漏水把天花板泡坏，楼上住户不肯赔偿", "物业公司涨停车费没有公示公共收益去向", "工地包工头拖欠工资三个月没有发放",
    "烧烤店油烟噪音扰民开不了窗", "健身房停业会员卡余额不退", "路灯一周不亮夜间出行不便", "宅基地界址和田埂归属争议",
    "借款两年不还有借条为证", "老人赡养费三个儿子互相推诿", "流动摊贩占道经营早高峰走不动", "开发商延期交房八个月",
    "幼儿园入学材料不清楚想咨询", "电梯故障频发把老人困住半小时", "骑车被撞伤对方不付医药费", "拆迁过渡费多次反映无果",
]
FILL = "希望有关部门尽快核实情况并给出答复，居民愿意配合调查，已保留照片和录音，之前打过电话，说会有人联系，至今没有消息。"
AREAS = ["荷花社区", "杨柳社区", "青山社区", "蓝河社区"]
os.makedirs(folder, exist_ok=True)
for number in range(count):
    text = rng.choice(OPENINGS) + "，" + rng.choice(MATTERS) + "。"
    while len(text.encode()) < 1650:
        text += rng.choice(FILL.split("，")) + f"，{rng.choice(AREAS)}{rng.randint(1, 99)}栋。"
        if rng.random() < 0.05:
            text += rng.choice(MATTERS) + "。"
    with open(f"{folder}/case-{number:05d}.yaml", "w", encoding="utf-8") as file:
        file.write(
            f"source_id: B-{number:06d}\ntitle: {rng.choice(MATTERS)[:14]}\narea: {rng.choice(AREAS)}\n"
            f"received_at: 2026-11-{rng.randint(2, 20):02d} {rng.randint(8, 17):02d}:{rng.randint(0, 59):02d}:00\n"
            f"address: 示范街道{rng.randint(1, 300)}号\npeople_count: {rng.choice([1, 1, 1, 2, 3, 6])}\ntext: |\n  {text}\n")
