"""Mandates: given by a borrower (`giving`) or kept from paper at the desk (`desk`).

Nobody signs for a borrower, agrees for them, or changes their phone or bank: no mandate goes so
far. What a mandate allows is asked by `tideover.app.verbs.acting`.
"""
