"""unittest: results and reports of all outcomes, and mock."""
import io, re, sys, unittest
from unittest import mock
class A(unittest.TestCase):
    @classmethod
    def setUpClass(cls): print('suc')
    @classmethod
    def tearDownClass(cls): print('tdc')
    def setUp(self): self.addCleanup(print,'cleanup',self._testMethodName)
    def test_ok(self): 
        "doc of ok"
        self.assertEqual(1,1); self.assertRaises(ValueError,int,'x')
        with self.assertRaises(KeyError) as c: {}[1]
        self.assertEqual(c.exception.args,(1,))
        with self.assertRaisesRegex(ValueError,'inv.*lit'): int('x')
        with self.assertWarns(DeprecationWarning): warnings.warn('x',DeprecationWarning)
        self.assertAlmostEqual(1,1.00000001); self.assertCountEqual([1,2],[2,1]); self.assertIn(1,[1])
    def test_fail(self): self.assertEqual([1,2,3],[1,2,4])
    def test_fail2(self): self.assertEqual({'a':1},{'a':2},'msg')
    def test_fail3(self): self.assertEqual('abc\ndef','abc\ndeg')
    def test_fail4(self): self.assertTrue(0)
    def test_fail5(self): self.assertSetEqual({1},{2})
    def test_fail6(self):
        with self.assertRaises(ValueError): pass
    def test_fail7(self): self.assertCountEqual([1,2,2],[1,1,2])
    def test_fail8(self): self.assertAlmostEqual(1,2); 
    def test_err(self): 1/0
    @unittest.skip('why')
    def test_skip(self): pass
    @unittest.expectedFailure
    def test_xf(self): self.fail('x')
    @unittest.expectedFailure
    def test_us(self): pass
    def test_sub(self):
        for i in range(3):
            with self.subTest('m',i=i): self.assertEqual(i,1)
class B(A):
    def setUp(self): raise unittest.SkipTest('all')
class C(unittest.TestCase):
    @classmethod
    def setUpClass(cls): 1/0
    def test_a(self): pass


import warnings
for verbosity in (0, 1, 2):
    for cls in (A, B, C):
        stream = io.StringIO()
        result = unittest.TextTestRunner(stream, verbosity=verbosity).run(unittest.defaultTestLoader.loadTestsFromTestCase(cls))
        text = re.sub(r'in [0-9.]+s', 'in TIMEs', stream.getvalue())
        text = re.sub(r'\n +[~^]+\n', '\n', text)
        print(re.sub(r'File ".*", line', 'File "FILE", line', text))
        print(result)
m = mock.MagicMock(return_value=3)
print(m(1, a=2), m.call_args, m.call_count, m.called); m.assert_called_once_with(1, a=2)
try: m.assert_called_with(2)
except AssertionError as e: print(e)
m = mock.Mock(); m.a.b(1).c(2); print(m.mock_calls, m.a.mock_calls)
m.x.side_effect = [1, ValueError('bad')]; print(m.x())
try: m.x()
except ValueError as e: print(e)
with mock.patch('sys.maxsize', 5) as v: print(sys.maxsize, v)
print(sys.maxsize > 5)
with mock.patch.dict({'a': 1}, b=2) as d: print(d)
@mock.patch.object(sys, 'platform', 'nowhere')
@mock.patch('io.StringIO')
def f(fake): print(sys.platform, io.StringIO is fake)
f()
mm = mock.MagicMock(); mm.__len__.return_value = 4; mm.__getitem__.side_effect = lambda i: i * 2
print(len(mm), mm[3], bool(mm), list(mm), int(mm)); 
with mm as entered: pass
print(mm.__enter__.called, mock.call(1, b=2) == ((1,), {'b': 2}), mock.call.f(3), mock.ANY == 5, mock.sentinel.x)
s = mock.Mock(spec=['a'])
try: s.b
except AttributeError as e: print(e)
