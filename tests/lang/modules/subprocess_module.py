"""subprocess: programs run, fed, timed out and refused."""
import subprocess as s, os
print(s.run(['echo','hi'],capture_output=True))
print(s.run('cat; exit 3',shell=True,input='abc\n',text=True,stdout=s.PIPE))
print(s.check_output(['sh','-c','echo $X'],env={'X':'1'}))
for f in (lambda: s.check_call(['false']), lambda: s.run(['nonexistent']), lambda: s.run(['sleep','5'],timeout=.1), lambda: s.run(['ls'],cwd='/nope'), lambda: s.run(['sh','-c','kill -9 $$'],check=True)):
    try: f()
    except Exception as e: print(type(e).__name__, str(e).partition(" after ")[0])
p=s.Popen(['cat'],stdin=s.PIPE,stdout=s.PIPE,text=True)
big='x'*300000+'\n'
o,e=p.communicate(big); print(len(o),e,p.returncode,o==big)
print(s.getstatusoutput('echo a; echo b >&2; exit 2'), s.getoutput('echo hi'))
with s.Popen(['sort'],stdin=s.PIPE,stdout=s.PIPE,text=True) as p:
    p.stdin.write('b\na\n'); p.stdin.close(); print(p.stdout.read())
print(s.run(['sh','-c','echo out; echo err >&2'],stdout=s.PIPE,stderr=s.STDOUT).stdout, s.call(['true']))
print(s.list2cmdline(['a b','c"d','']), s.run(['echo','quiet'],stdout=s.DEVNULL))
