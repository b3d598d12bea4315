"""python -m json.tool [FILE [OUTPUT]]: checks JSON and prints it in a readable form."""

import argparse
import json
import sys


def main():
    parser = argparse.ArgumentParser(prog='python -m json.tool',
                                     description="Checks JSON and prints it in a readable form.")
    parser.add_argument('infile', nargs='?', default='-', help="a JSON file; - is stdin")
    parser.add_argument('outfile', nargs='?', default=None, help="where to write")
    parser.add_argument('--sort-keys', action='store_true', help="order keys by name")
    parser.add_argument('--no-ensure-ascii', dest='ensure_ascii', action='store_false',
                        help="leave characters beyond ASCII as they are")
    parser.add_argument('--json-lines', action='store_true', help="one value in each line")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument('--indent', type=int, default=4, help="spaces a level")
    shape.add_argument('--tab', dest='indent', action='store_const', const='\t',
                       help="a tab a level")
    shape.add_argument('--no-indent', dest='indent', action='store_const', const=None,
                       help="all in one line")
    shape.add_argument('--compact', action='store_true', help="no space at all")
    options = parser.parse_args()
    settings = {'sort_keys': options.sort_keys, 'ensure_ascii': options.ensure_ascii,
                'indent': options.indent}
    if options.compact:
        settings['indent'] = None
        settings['separators'] = ',', ':'
    source = sys.stdin if options.infile == '-' else open(options.infile, encoding='utf-8')
    try:
        values = [json.loads(line) for line in source] if options.json_lines else [
            json.load(source)]
        target = sys.stdout if options.outfile is None else open(options.outfile, 'w',
                                                                 encoding='utf-8')
        for value in values:
            json.dump(value, target, **settings)
            target.write('\n')
        if options.outfile is not None:
            target.close()
    except ValueError as error:
        raise SystemExit(error)


if __name__ == '__main__':
    main()
