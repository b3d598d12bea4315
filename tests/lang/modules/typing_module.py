"""typing: what hints look like, what they refuse, and what they tell."""
import typing
def run():
    out=[]
    def t(f):
        try: out.append(repr(f()))
        except BaseException as e: out.append(type(e).__name__+': '+str(e))
    ns={'typing':typing}
    exec('from %s import *\nfrom collections.abc import Callable as C2' % typing.__name__, ns)
    exec("""
T=TypeVar('T');K=TypeVar('K');V=TypeVar('V',covariant=True);P=ParamSpec('P');Ts=TypeVarTuple('Ts')
class Box(Generic[T]): pass
class Two(Generic[K,V]): pass
class D(Dict[K,int]): pass
class Z(Generic[T,P]): pass
class Y(Generic[P]): pass
class Arr(Generic[Unpack[Ts]]): pass
class NT(NamedTuple):
    x: int
    y: str = 'a'
    def f(self): return self.x
class TD(TypedDict, total=False):
    a: int
    b: Required[str]
class TD2(TD):
    c: NotRequired[int]
@runtime_checkable
class Pr(Protocol):
    def foo(self): ...
class Pr2(Protocol[T]):
    x: int
class HasFoo:
    def foo(self): pass
class Sub(Pr2[int]): pass
UID=NewType('UID',int)
class A:
    a: 'int'
    b: List['A']
    c: Optional['B']
    d: ClassVar[int] = 3
    e: Annotated[int,'x']
class B(A):
    f: 'Final[int]' = 3
def fn(a: int, b: 'str' = None, *c: "List[int]") -> None: pass
""", ns)
    for e in '''List List[int] List[T] List[T][int] Dict[str,int] Dict[K,V] Dict[K,V][int,str] Optional[int] Union[int,str] Union[int,None] Union[int] Union[int,int] Union[int,str,None] Union[Union[int,str],float] Optional[Union[int,str]] Callable Callable[[int],str] Callable[...,int] Callable[[],int] Callable[P,T] Callable[P,T][[int,str],float] Callable[P,T][...,int] Tuple Tuple[int] Tuple[int,...] Tuple[()] Tuple[T,int][str] Type[int] Any NoReturn Never Literal[1,'a',True] Literal[1,1] ClassVar[int] Final[int] Annotated[int,1] Annotated[Annotated[int,1],2] Annotated[List[T],1][int] T K V P Ts Box Box[int] Box[T] Box[List[K]] Box[List[K]][int] Two[int,str] Two[K,int] Two[int] Box[int,str] D D[int] Arr[int,str] Arr[()] List[int]==List[int] hash(List[int])==hash(List[int]) List[int]==list[int] Union[int,str]==Union[str,int] int|str==Union[int,str] List[int]|None T|int int|T List['X'] Optional['X'] ForwardRef('X') get_origin(List[int]) get_args(List[int]) get_args(Callable[[int],str]) get_origin(Annotated[int,1]) get_args(Annotated[int,1]) get_origin(Union[int,str]) get_origin(int|str) get_args(int|str) get_origin(Box[int]) get_origin(Generic[T]) get_origin(P.args) get_origin(int) get_args(Literal[1,2]) get_origin(list[int]) NT(1) NT(1,'b').f() NT.__annotations__ NT._field_defaults NT.__mro__ TD(a=1) TD.__required_keys__ TD.__optional_keys__ TD2.__required_keys__ TD2.__annotations__ TD.__total__ TD.__mro__ isinstance({},TD) isinstance(HasFoo(),Pr) isinstance(3,Pr) issubclass(HasFoo,Pr) isinstance(3,Pr2) Pr() Pr2() UID UID(5) UID.__supertype__ get_type_hints(A) get_type_hints(A,include_extras=True) get_type_hints(B) get_type_hints(fn) get_type_hints(3) isinstance([],List) isinstance([],List[int]) issubclass(list,List) issubclass(dict,Mapping) List() Dict() Deque() Counter() List[int]() Box[int]().__orig_class__ Any() Union() Optional[1] List[int,str] Dict[int] List[...] Optional[int,str] Union[()] Generic[int] Generic[T,T] Generic[()] Protocol[int] T.__constraints__ AnyStr.__constraints__ AnyStr V.__covariant__ TypeVar('X',int) TypeVar('X',bound=int).__bound__ TypeVar('X',bound='int').__bound__ Box.__parameters__ Two.__parameters__ D.__parameters__ D.__orig_bases__ D.__mro__ Box.__orig_bases__ List[T].__parameters__ list[T][int] list[T].__parameters__ dict[K,T][int,str] tuple[T,...][int] C2[[T],int][str] Concatenate[int,P] Callable[Concatenate[int,P],str] Callable[Concatenate[int,P],str][[float]] Unpack[Ts] Tuple[Unpack[Ts]] Tuple[Unpack[Ts]][int,str] Self TypeAlias LiteralString TypeGuard[int] Required[int] SupportsInt isinstance(3,SupportsInt) isinstance('a',SupportsInt) isinstance(3,SupportsIndex) Hashable Iterable[int] Generator[int,None,str] ContextManager[int] Pattern[str] Match Text IO[str] TextIO BinaryIO.__orig_bases__ NamedTuple('N',[('a',int),('b',str)])(1,2) TypedDict('Q',{'a':int}).__annotations__ cast(int,'a') is_typeddict(TD) is_typeddict(dict) List.__name__ List[int].__name__ List.__origin__ List[int].__origin__ List[int].__args__ List[int].__module__ Optional.__name__ Union[int,str].__args__ Any|None int|Any None|Any Literal[1]|None isinstance(1,Union[int,str]) isinstance(1,Optional[List[int]]) isinstance(1,Any) assert_never(1) Union[int,list[int]] Union[List['X'],int] type(None)|T Box[int]==Box[int] Box[int]|str Callable[[int],Callable[[str],bool]] Callable[[1],int] ClassVar[ClassVar[int]] List[ClassVar[int]] Optional[Final] List[Generic] List[Optional] Type[Any] Type[Union[int,str]] Mapping[str,Sequence[int]] get_type_hints(NT) Reversible Awaitable[int] DefaultDict[int,str] OrderedDict[int,str] ChainMap FrozenSet[int] AbstractSet Collection[int] Coroutine[int,int,int] AsyncGenerator[int,str] AsyncIterator'''.split(' '):
        pass
        c = compile(e,'x','eval')
        out.append(e); t(lambda: eval(c,ns))
    for s in ['class X(Generic): pass','class X(List[int],Generic[T]): pass','class X(Union[int,str]): pass','class X(Any): pass','class X(UID): pass','class X(Generic[T],Generic[K]): pass','class X(Dict[K,V],Generic[K]): pass','class X(Protocol, int): pass','class X(NamedTuple):\n a:int=1\n b:int','class X(TD,int): pass','class X(NT): pass','class X(Generic[T],NamedTuple):\n  a:T\nX[int];X(1)', 'class X(List): pass\nX([1])', '@overload\ndef f(a:int):...\nf(1)','class X(Optional): pass','class X(Literal[1]): pass', 'class X(Box[T]): pass\nassert X[int].__args__==(int,)', 'class X(Mapping[K,V]): pass\nX()', 'import pickle,copy\nfor x in (List[int],Any,Union[int,str],Optional[int],Callable[[int],str],Literal[1],Tuple[int,...]):\n  assert pickle.loads(pickle.dumps(x))==x and copy.deepcopy(x)==x']:
        out.append(s); t(lambda: exec(s,ns))
    return out

for line in run():
    print(line)
