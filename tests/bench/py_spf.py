# pyspf over a file of "ADDRESS SENDER HELO" lines, in one process: one result a line.
import sys

import spf

for line in open(sys.argv[1]):
    address, sender, helo = line.split()
    print(spf.check2(i=address, s=sender, h=helo)[0])
