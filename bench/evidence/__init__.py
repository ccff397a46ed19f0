"""Synthetic documents of the eight kinds, and how well the reader and the checks do on them.

No person, office or seal in them is real: every name says 演示 or Demo, every identity number has
the area code 99, which is given to nobody.
"""
