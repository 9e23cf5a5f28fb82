"""What a whole process takes from its start to its end: CPU seconds, seconds, and its highest resident memory in MB of a million bytes.

python3 process.py NAME N COMMAND ...    its output goes to nowhere
The numbers are those that the system returns with the end of the process (wait4); a process starts with the memory of this small one.
"""
import os
import subprocess
import sys
import time

name, n, command = sys.argv[1], sys.argv[2], sys.argv[3:]
started = time.perf_counter()
process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
elapsed = time.perf_counter() - started
if status:
    sys.exit(f"{command[0]} ended with status {status}.")
print(f"{name}/cpu\t{n}\t{usage.ru_utime + usage.ru_stime:.6g}")
print(f"{name}/wall\t{n}\t{elapsed:.6g}")
print(f"{name}/memory\t{n}\t{usage.ru_maxrss * 1024 / 1e6:.6g}")
