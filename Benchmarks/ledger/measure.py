#!/usr/bin/env python3
"""measure.py TRIAGED WORK CASES: a root with so many open cases, made by the real intake from tables of 25,000 rows, a
day of taking each; then what a start, a scan of all folders, and a day of reminders cost.

Prints seconds, megabytes and counts. Everything lies below WORK, which is made anew and left."""
import csv, os, random, resource, shutil, signal, socket, subprocess, sys, threading, time
from datetime import date, timedelta
from pathlib import Path

TRIAGED, WORK, CASES = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
TABLE = 25_000
TOP = Path(__file__).resolve().parents[2]
ROOT = WORK / "root"
# Mondays to Fridays before National Day 2026; the day after the last is an ordinary working day.
FIRST = date(2026, 6, 1)
MATTERS = [
    ("物业费争议", "小区物业乱收停车费，业主多次反映，编号 {}。"),
    ("邻里漏水", "楼上住户卫生间漏水，墙面发霉，双方协商赔偿，编号 {}。"),
    ("拖欠工资", "在工地做工，包工头拖欠工资两个月，编号 {}。"),
    ("噪音扰民", "楼下烧烤店夜间噪音油烟扰民，影响休息，编号 {}。"),
    ("退款纠纷", "健身房关门，会员卡余额不退款，编号 {}。"),
    ("宅基地界址", "两户宅基地地界不清，围墙位置有争议，编号 {}。"),
]


def configuration():
    path = WORK / "triaged.yaml"
    path.write_text(f"root: {ROOT}\nrules: {TOP / 'rules/default'}\nsettle: {{inbox: 0s}}\nrescan: 30s\nlog: warning\n")
    return path


def table(path, first, count):
    dice = random.Random(first)
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["办件编号", "诉求主题", "诉求内容"])
        for number in range(first, first + count):
            title, text = dice.choice(MATTERS)
            words = "".join(chr(dice.randrange(0x4E00, 0x9000)) for _ in range(60))
            out.writerow([f"B{number:08}", title, text.format(number) + words])


def once(at):
    begin = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([TRIAGED, "run", "--config", str(WORK / "triaged.yaml"), "--once", "--at", at], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - begin, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def metrics():
    values = {}
    for line in (ROOT / "state/metrics.prom").read_text().splitlines():
        if not line.startswith("#"):
            name, value = line.split()
            values[name.removeprefix("triaged_")] = float(value)
    return values


def memory(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


def serve(at, seconds):
    """Starts the daemon; seconds to READY, to the first scan of all folders, and the peak of its memory."""
    path = str(WORK / "notify")
    if os.path.exists(path):
        os.unlink(path)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    door.bind(path)
    door.settimeout(seconds)
    (ROOT / "state/metrics.prom").unlink(missing_ok=True)
    begin = time.monotonic()
    daemon = subprocess.Popen(
        [TRIAGED, "run", "--config", str(WORK / "triaged.yaml"), "--at", at], env={**os.environ, "NOTIFY_SOCKET": path})
    ready = scanned = None
    try:
        while ready is None:
            if b"READY=1" in door.recv(4096):
                ready = time.monotonic() - begin
        threading.Thread(target=drain, args=(door,), daemon=True).start()
        while time.monotonic() - begin < seconds and scanned is None:
            time.sleep(0.05)
            if (ROOT / "state/metrics.prom").exists():
                scanned = time.monotonic() - begin
        peak = memory(daemon.pid)
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait()
        door.close()
    return ready, scanned, peak


def drain(door):
    try:
        while door.recv(4096):
            pass
    except OSError:
        pass


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    (ROOT / "inbox/hotline").mkdir(parents=True)
    configuration()
    once(f"{FIRST}T08:00")
    day, taken, seconds = FIRST, 0, 0.0
    while taken < CASES:
        if day.weekday() < 5:
            count = min(TABLE, CASES - taken)
            hidden = ROOT / "inbox/hotline" / f"{day}.part"
            table(hidden, taken, count)
            hidden.rename(hidden.with_suffix(".csv"))
            seconds += once(f"{day}T10:00")[0]
            taken += count
            last = day
        day += timedelta(days=1)
    size = sum(f.stat().st_size for f in (ROOT / "state").glob("ledger*")) >> 20
    print(f"{CASES} open cases made in {seconds:.0f} s, ledger {size} MB")
    ready, scanned, peak = serve(f"{last}T10:01", 600)
    print(f"start to ready {ready:.2f} s, to the end of the first scan {scanned:.1f} s, memory {peak} MB")
    while day.weekday() >= 5:
        day += timedelta(days=1)
    # From the last taking to the morning after: what fell due meanwhile, and the digests of that morning.
    wall, processor = once(f"{day}T08:40")
    first = metrics()
    print(
        f"to the next morning: {first.get('reminders_total', 0):.0f} reminders, "
        f"{first.get('escalations_total', 0):.0f} escalations in {wall:.1f} s ({processor:.1f} s CPU)")
    wall, processor = once(f"{day}T08:41")
    print(f"the same again, nothing due: {wall:.1f} s ({processor:.1f} s CPU)")


main()
