"""try/finally with every way to leave every part, in loops and functions, by generated code."""
parts = {"fall": "pass", "return": "return 'R{}'", "break": "break", "continue": "continue", "raise": "raise ValueError('{}')"}
template = """
def f(log):
    for i in range(2):
        log.append(i)
        try:
            log.append('t')
            {try_}
        except ValueError as e:
            log.append('x')
            {except_}
        else:
            log.append('e')
            {else_}
        finally:
            log.append('f')
            {finally_}
        log.append('a')
    else:
        log.append('L')
    return 'end'
"""
for try_name, try_part in parts.items():
    for handler_name, handler in parts.items():
        for final_name, final in parts.items():
            source = template.format(try_=try_part.format("t"), except_=handler.format("x"), else_="pass" if try_name == "raise" else handler.format("e"), finally_=final.format("f"))
            space = {}
            exec(source, space)
            log = []
            try:
                result = space["f"](log)
            except ValueError as error:
                result = f"{error} from {error.__context__}"
            print(try_name, handler_name, final_name, "".join(map(str, log)), result)
