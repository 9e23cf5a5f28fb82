"""The memory of work beyond what the process holds at its start, in MB of a million bytes, as Footprint.cs measures it."""


def _read(key):
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith(key))
    return int(line.split()[1]) * 1024 / 1e6


class Footprint:
    def __init__(self):
        with open("/proc/self/clear_refs", "w") as peak:
            peak.write("5")
        self.start = _read("VmRSS:")

    def megabytes(self):
        return _read("VmHWM:") - self.start
