# try in all its parts, with, raise, assert.
def work(path):
    try:
        with open(path) as file, lock:
            return file.read()
    except (OSError, ValueError) as error:
        raise RuntimeError("failed") from error
    except KeyError:
        raise
    else:
        assert path, "message"
    finally:
        cleanup()
