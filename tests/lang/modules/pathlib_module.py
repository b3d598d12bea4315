"""pathlib: pure paths of both systems, files and folders, patterns."""
from pathlib import *
import tempfile, os
for t in ('a/b/c.tar.gz','/a//b/./c','..','.','','//x/y','///x','a/..','/'):
    p=PurePath(t); print(repr(p),str(p),p.parts,p.name,p.suffix,p.suffixes,p.stem,p.parent,list(p.parents),p.is_absolute(),p.anchor)
for t in ('c:/a/b.txt','//host/share/x','c:x','\\a','NUL.txt','a/B'):
    p=PureWindowsPath(t); print(repr(p),str(p),p.parts,p.drive,p.root,p.name,p.is_absolute(),p.is_reserved(), p==PureWindowsPath(t.upper()))
p=PurePath('/a/b/c.py')
print(p/'x', '/z'/p, 'k'/PurePath('m'), p.joinpath('..','q'), p.with_name('n'), p.with_suffix('.x'), p.with_suffix(''), p.with_stem('s'), p.relative_to('/a'), p.is_relative_to('/b'), p.match('*.py'), p.match('b/*'), p.match('/a/*/*.py'), p.as_uri(), bytes(p), p<PurePath('/b'))
for f in (lambda:p.relative_to('x'), lambda:p.with_suffix('x'), lambda:PurePath('/').with_name('a'), lambda: PurePath(1), lambda: p.match(''), lambda: PurePath('a').as_uri(), lambda: p/1, lambda:WindowsPath('a'), lambda: list(Path('.').glob('')), lambda: list(Path('.').glob('/x')), lambda:p.parents[5]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
with tempfile.TemporaryDirectory() as d:
    r=Path(d)
    (r/'a'/'b').mkdir(parents=True); (r/'a'/'x.txt').write_text('hi\n'); (r/'a'/'b'/'y.txt').write_bytes(b'z'); (r/'.hid').touch()
    (r/'link').symlink_to(r/'a')
    rel=lambda it: sorted(str(q.relative_to(r)) for q in it)
    for pat in ('*','**/*.txt','**','*/','a/*','**/b','nope/*','a/b/y.txt','*/x*','**/','a/../*'): print(pat, rel(r.glob(pat)))
    print(rel(r.rglob('*.txt')), rel(r.iterdir()), (r/'link').is_symlink(), (r/'link').is_dir(), (r/'a').is_file(), (r/'q').exists(), (r/'link').resolve()==(r/'a').resolve())
    with (r/'f').open('w') as f: f.write('1')
    print((r/'f').read_text(), (r/'f').rename(r/'g').name, (r/'g').stat().st_size, (r/'a'/'x.txt').read_text(), (r/'g').samefile(r/'g'))
    (r/'g').unlink(); (r/'g').unlink(missing_ok=True)
    try: (r/'a').mkdir()
    except FileExistsError as e: print('exists')
    (r/'a').mkdir(exist_ok=True)
    os.environ['HOME'] = '/home/tim'; os.chdir(d); print(Path.cwd()==r.resolve(), Path('a').absolute()==Path.cwd()/'a', Path('~/x').expanduser(), Path.home())
import pickle
print(pickle.loads(pickle.dumps(p))==p, hash(p)==hash(PurePath('/a/b/c.py')), {p:1}[PurePosixPath('/a/b/c.py')], isinstance(Path('x'),PurePosixPath))
