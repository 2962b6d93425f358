"""How a program that a test starts tells the most memory that it has used."""

PEAK = """
def peak():
    # Megabytes.  On Linux `ru_maxrss` begins with that of the process by which this one was started.
    import pathlib, re, resource
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
"""
