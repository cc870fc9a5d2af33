# How root-1610c94.tar.gz was made, with `triaged` of commit 1610c94 and its sample rulebook in /tmp/fixture/rules.
import subprocess, os, json, sys
B='triaged'; R='/tmp/fixture/root'
os.makedirs(R+'/inbox/desk',exist_ok=True)
open('/tmp/fixture/triaged.yaml','w').write(f"root: {R}\nrules: /tmp/fixture/rules\nlanguage: zh\nsettle: {{inbox: 0s, reply: 0s}}\nrescan: 1s\n")
def run(at):
    p=subprocess.run([B,'run','--once','--config','/tmp/fixture/triaged.yaml','--at',at],capture_output=True,text=True); assert p.returncode==0,(p.stderr)
def ids():
    p=subprocess.run([B,'cases','--root',R,'--format','json','--limit','1000'],capture_output=True,text=True); 
    return {c.get('source_id'):c for c in map(json.loads,p.stdout.splitlines())}
def act(verb,item,*more):
    p=subprocess.run([B,'act',verb,item,'--root',R,*more],capture_output=True,text=True); assert p.returncode==0,(verb,item,p.stderr)
import glob
def lead(i):
    for n in (3,2):
        if [f for f in glob.glob(f'{R}/queues/*/*/{i}.lead-{n}.yaml') if '/closed/' not in f]: return f'{i}.lead-{n}'
    return i
def drop(name,text):
    p=f'{R}/inbox/{name}'; os.makedirs(os.path.dirname(p),exist_ok=True); open(p,'wb').write(text if isinstance(text,bytes) else text.encode())
def case(src,title,text,extra=''):
    return f"title: {title}\ntext: {text}\nsource_id: {src}\nreceived_at: 2026-11-16T08:40\n{extra}"
letter='我们是梧桐里三号院的住户，楼顶的水箱从上个月起一直渗水，顶层六户的天花板都起了霉斑，找过物业公司两次，至今没有人上门来看，请帮忙协调修好水箱并说明以后怎么维护，联系时间以晚上七点以后为好。'
# day 1: five property cases of one community (a cluster), a letter, a labor case, a red one
for n in range(1,6):
    drop(f'desk/P-{n}.yaml',case(f'P-{n}',f'停车费争议{n}',f'梧桐里{n}号院的停车费涨了又不公示，第{n}户来说。','area: 一社区\n'))
drop('desk/L-1.yaml',case('L-1','水箱渗水',letter,'area: 一社区\naddress: 梧桐里三号院\n'))
drop('desk/W-1.yaml',case('W-1','工地欠薪','青石巷工地拖欠工资，三个工友两个月没有拿到钱。'))
drop('desk/V-1.yaml',case('V-1','邻居持刀','楼上邻居因为噪音持刀敲门，人还在楼道里。'))
drop('desk/现场/案件.yaml',case('A-1','占道堆物','楼道里堆满旧家具，附照片。'))
drop('desk/现场/照片.jpg',b'\xff\xd8'+bytes(range(256))*3)
drop('desk/大件.txt','来信：'+'院墙外的排水沟堵了，雨天积水到门口。'*1250)
drop('desk/表.csv','编号,标题,内容,社区\nT-1,路灯,东巷口的路灯不亮了,一社区\nT-2,井盖,西巷的井盖松动,一社区\n')
run('2026-11-16T09:00')
c=ids(); id=lambda s:c[s]['id']; print({k:(v['id'],v['lead'],v['phase']) for k,v in c.items()})
settled=['--set','result=settled','--set','summary=已谈妥']
act('accept',lead(id('P-1'))); act('done',lead(id('P-2')),*settled)
act('return',lead(id('P-3')),'--set','return_reason=not_competent','--set','reason=不归我们管')
act('accept',lead(id('P-4'))); act('accept',lead(id('W-1')))
act('accept',lead(id('V-1')))
run('2026-11-16T11:00')
act('pause',id('P-4'),'--text','原因：鉴定\n理由：等鉴定')
act('extend',id('P-1'),'--text','还要现场看一次')
act('note',id('W-1'),'--text','约了双方周三见面')
act('done',lead(id('V-1')),*settled,'--set','measure=已劝离并登记')
# a copy of P-5 (duplicate of an open case), a letter of the same words, a reminder call
drop('desk/P-5 again.yaml',case('P-5','停车费争议5','梧桐里5号院的停车费涨了又不公示，第5户来说。','area: 一社区\n'))
drop('desk/L-2.yaml',case('L-2','水箱渗水',letter.replace('两次','多次'),'area: 一社区\naddress: 梧桐里三号院\n'))
drop('desk/C-1.yaml',case('C-1','催办',f'上次的 {id("W-1")} 怎么还没有消息，请催办。'))
run('2026-11-17T09:30')
c=ids()
for i in os.listdir(R+'/queues/leader/new'): print('leader has',i)
act('done',id('P-4')+'.approve-1','--set','decision=grant')
act('done',lead(id('W-1')),'--set','result=settled','--set','summary=已达成协议','--set','agreement=written','--set','agreement_date=2026-11-17')
act('whistle',id('P-5'),'--text','部门：派出所\n理由：需要到场')
act('withdraw',id('L-2'),'--text','理由：来信人说已修好')
run('2026-11-17T15:00')
c=ids()
for d in os.listdir(R+'/queues'):
  for i in os.listdir(R+f'/queues/{d}/new'): print(d,i)
json.dump({k:v['id'] for k,v in c.items()},open('/tmp/fixture/ids.json','w'))
act('done',id('L-2')+'.approve-1','--set','decision=grant')
act('done',lead(id('T-2')),*settled)
act('done',id('P-3')+'.adjudicate-1','--set','assign_to=police','--set','reason=由派出所办')
run('2026-11-17T16:00')
run('2026-11-20T10:00')
c=ids()
act('done',id('T-2')+'.follow_up-1','--set','satisfied=yes','--set','performed=yes')
act('note',id('T-1'),'--as','community@c1','--text','灯已报修')
run('2026-11-20T11:00')
# erased as Ledger.erase of 1610c94 does it (no command calls it)
import sqlite3
db=sqlite3.connect(R+'/state/ledger.sqlite')
n,=db.execute("select number from cases where id=? and open=0",(id('L-2'),)).fetchone()
import struct
row=db.execute("select period,keys from sketches where case_number=?",(n,)).fetchone()
if row:
    for k in struct.unpack(f'<{len(row[1])//8}q',row[1]): db.execute('delete from near_keys where period=? and key=? and case_number=?',(row[0],k,n))
    db.execute('delete from sketches where case_number=?',(n,))
db.execute('delete from payloads where sequence in (select sequence from events where case_number=?)',(n,))
db.execute("update cases set title='',source_id=null,duplicate_key=null,source_key=null,erased_at=1795143600 where number=?",(n,))
db.execute("update materials set name=''||position where case_number=?",(n,))
db.execute("""UPDATE originals SET place = CASE place WHEN 'file' THEN 'erasing' ELSE 'erased' END, bytes = NULL
      WHERE place IN ('ledger', 'file')
        AND number IN (SELECT original FROM cases WHERE number = ?1
          UNION SELECT original FROM materials WHERE case_number = ?1)
        AND NOT EXISTS (SELECT 1 FROM cases WHERE original = originals.number AND erased_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM materials m JOIN cases c ON c.number = m.case_number
          WHERE m.original = originals.number AND c.erased_at IS NULL)""",(n,))
db.commit(); db.execute('pragma wal_checkpoint(truncate)'); db.close()
for c in ids().values(): print(c['id'],c['phase'],c['title'],c['lead'])
print(subprocess.run([B,'fsck','--root',R],capture_output=True,text=True)); print(subprocess.run([B,'ledger','verify','--root',R],capture_output=True,text=True))
