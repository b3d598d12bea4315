"""argparse: values, errors and help of many parsers."""
import io, sys, contextlib, os
os.environ['COLUMNS']='80'
import argparse
def mk(A):
    L=[]
    def p0(**k):
        p=A.ArgumentParser(prog='prog',**k); return p
    p=p0(description='A test of  things '*8, epilog='the end')
    p.add_argument('x',type=int,help='the x'); p.add_argument('y',nargs='*',default=['d']); p.add_argument('-v','--verbose',action='count',default=0,help='more %(default)s'); p.add_argument('-o','--out',metavar='FILE',help='out '*30)
    p.add_argument('--flag',action='store_true'); p.add_argument('-c','--choice',choices=['a','b'],default='a'); p.add_argument('--list',action='append',type=float); p.add_argument('--pair',nargs=2,metavar=('A','B')); p.add_argument('--opt',nargs='?',const='C',default='D'); p.add_argument('--many',nargs='+');p.add_argument('--version',action='version',version='%(prog)s 1.0')
    L.append((p,['1','1 2 3','a','','-h','1 -vvv','1 -v -v','1 -ofile','1 -o file','1 --out=file','1 --out','1 --choice c','1 -cb','1 --list 1 --list 2.5','1 --list x','1 --pair 1','1 --pair 1 2','1 --opt','1 --opt x','--many a b -- 1 2','--many','1 --verb','1 --ver','1 --v','1 --fl','1 --unknown','1 -z','1 -vofile','1 -vz','1 --flag=3','-- 1 -2','-1','--version','1 --list -1','1 --out -x','1 2 -v 3','-v 1 2 --flag 3','1 -v 2 3']))
    p=p0(); g=p.add_mutually_exclusive_group(required=True); g.add_argument('--a',action='store_true'); g.add_argument('--b',type=int,help='bb'); p.add_argument('pos',nargs='?')
    g2=p.add_mutually_exclusive_group(); g2.add_argument('-q',action='store_const',const=5); g2.add_argument('-r',action='append_const',const=1,dest='rr')
    L.append((p,['','--a','--b 1','--a --b 1','--a -q -r','--a -qr','-h','--b x','--a -r -r pos','--a p q']))
    p=p0(); s=p.add_subparsers(dest='cmd',help='commands',title='cmds'); a=s.add_parser('add',help='adds',aliases=['plus']); a.add_argument('n',type=int,nargs='+'); a.set_defaults(func='F'); b=s.add_parser('sub',description='sdesc'); b.add_argument('--k',required=True); p.add_argument('--top',type=int,default='7')
    L.append((p,['','add 1 2','add','plus 3','sub','sub --k 1','sub --k 1 --zz','foo','-h','add -h','--top 3 add 1','sub -h']))
    p=p0(); s=p.add_subparsers(required=True,dest='cmd'); s.add_parser('x'); L.append((p,['','x','-h']))
    p=p0(formatter_class=A.ArgumentDefaultsHelpFormatter,add_help=True,prefix_chars='-+'); p.add_argument('+x','++xx',default=3,help='an x'); p.add_argument('-1',dest='one',action='store_true'); p.add_argument('r',nargs=A.REMAINDER,help='rest'); p.add_argument('--feat',action=A.BooleanOptionalAction,default=True,help='ft')
    L.append((p,['','+x 4 a b -c','-1 q','++xx=2','--no-feat','--feat -- a','-h','-5']))
    p=p0(usage='%(prog)s [stuff]',formatter_class=A.RawTextHelpFormatter,description='a\n  b'); p.add_argument('--foo',help='x\n  y'); p.add_argument('--hid',help=A.SUPPRESS); gg=p.add_argument_group('G','gdesc'); gg.add_argument('--gg',metavar='M',required=True); L.append((p,['-h','','--gg 1 --hid 2','--f 1 --gg 2']))
    par=A.ArgumentParser(add_help=False); par.add_argument('--parent',default=1); par.add_argument('pp'); p=p0(parents=[par]); p.add_argument('--long-option-name-here-for-wrapping',metavar='LONGMETAVAR'); 
    for i in range(8): p.add_argument('--option%d'%i,help='help %d'%i)
    p.add_argument('pos1'); p.add_argument('pos2',nargs='?'); p.add_argument('pos3',nargs='+'); L.append((p,['-h','a b c','a b c d e f','a b','--option 1','--long-o x a b c']))
    p=p0(); p.add_argument('a',nargs=2); p.add_argument('b',nargs='*'); p.add_argument('-e','--ext',action='extend',nargs='*'); p.add_argument('--f',type=lambda s:int(s)); L.append((p,['1','1 2','1 2 3','1 -e x y','1 2 -e x -e y z','-e -- 1 2','1 -e z 2','--f x 1 2']))
    p=p0(argument_default=A.SUPPRESS,conflict_handler='resolve',allow_abbrev=False); p.add_argument('--aa'); p.add_argument('--aa',type=int); p.add_argument('-h'); L.append((p,['','--aa 3','--a 3','-h 5','--help']))
    return L
def run(A):
    out=[]
    for i,(p,cmds) in enumerate(mk(A)):
        out.append((i,'usage',p.format_usage())); out.append((i,'help',p.format_help()))
        for c in cmds:
            e=io.StringIO(); o=io.StringIO()
            with contextlib.redirect_stderr(e),contextlib.redirect_stdout(o):
                try: r=repr(p.parse_args(c.split()))
                except SystemExit as x: r='exit %r'%x.code
                except Exception as x: r=type(x).__name__+str(x)
                try: r2=repr(p.parse_known_args(c.split()))
                except SystemExit as x: r2='exit %r'%x.code
                except Exception as x: r2=type(x).__name__+str(x)
                try: r3=repr(p.parse_intermixed_args(c.split()))
                except SystemExit as x: r3='exit %r'%x.code
                except Exception as x: r3=type(x).__name__+str(x)
            out.append((i,c,r,r2,r3,e.getvalue(),o.getvalue()))
    for f in (lambda p:p.add_argument('--x',action='foo'),lambda p:p.add_argument('--x',nargs=0),lambda p:p.add_argument('x',required=True),lambda p:p.add_argument('x',dest='y'),lambda p:p.add_argument('-x','y'),lambda p:p.add_argument('-h'),lambda p:p.add_argument('--x',type='int'),lambda p:p.add_argument('--'),lambda p:p.add_argument('--x',nargs=2,metavar=('a',)),lambda p:repr(p),lambda p:repr(p.add_argument('--x',type=int)),lambda p:p.add_mutually_exclusive_group().add_argument('a')):
        try: out.append(f(A.ArgumentParser(prog='p')))
        except Exception as x: out.append(type(x).__name__+str(x))
    return out
for item in run(argparse):
    print(item)
