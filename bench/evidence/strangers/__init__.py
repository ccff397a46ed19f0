"""Papers, layouts, cameras and forgeries of a second hand: nothing here looks at the reader.

The first generator and the reader grew together, so a figure from it says little about papers that
strangers make. These have other words, other fonts, other programs and other ways to forge.
The third is kept apart: the reader is not worked on with its misses in view.
"""
