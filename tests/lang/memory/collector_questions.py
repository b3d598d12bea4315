"""gc: garbage kept, referrers and referents, callbacks, bad arguments."""
import gc, sys
gc.disable()
class A: pass
gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
a=A(); a.me=a; l=[]; l.append(l); d={}; d['d']=d
del a,l,d
n=gc.collect()
print(n>0, sorted({type(o).__name__ for o in gc.garbage}), len(gc.garbage))
gc.set_debug(0)
print(len(gc.garbage)); gc.garbage.clear()
print(gc.get_debug())
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
gc.freeze(); print(gc.get_freeze_count()>0); gc.unfreeze(); print(gc.get_freeze_count())
x=[1]; y=[x,x]; z={'k':x}
print(len([r for r in gc.get_referrers(x) if r is y or r is z]))
print(gc.get_referents(y)==[x,x], gc.get_referents([1,'a',x]), gc.get_referents((x,)), gc.get_referents(5))
print(gc.is_tracked([]), gc.is_tracked(()), gc.is_tracked({}), gc.is_tracked({1:2}), gc.is_tracked({1:[]}), gc.is_tracked((1,2)), gc.is_tracked(([],)), gc.is_tracked('a'), gc.is_tracked(A()), gc.is_tracked(A), gc.is_tracked(len), gc.is_tracked(1.5))
class F:
    def __del__(self): pass
f=F(); f.me=f; 
print(gc.is_finalized(f))
gc.set_threshold(500,5,5); print(gc.get_threshold()); 
print([sorted(s) for s in gc.get_stats()])
def cb(p,i): print(p, sorted(i), i['generation'])
gc.callbacks.append(cb); gc.collect(1); gc.collect(); gc.callbacks.clear()
for bad in (lambda: gc.collect(5), lambda: gc.get_objects(5), lambda: gc.get_objects(-1), lambda: gc.collect('a'), lambda: gc.set_threshold(), lambda: gc.set_debug('x')):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
class R:
    def __del__(self):
        global saved
        saved=self; print('del')
r=R(); r.c=r; del r; gc.collect(); print(gc.is_finalized(saved)); saved.c=None; del saved; print('end')
