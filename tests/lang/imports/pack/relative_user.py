from .sub.deep import CONSTANT
from . import sibling
from .sub import deep as d
import pack.sub

result = (CONSTANT, sibling.__name__, d.__name__, pack.sub.__name__)
