"""The agents' desk: queue, case, evidence, offers, approvals, bank files and checks.

Pages only: every change goes through a verb of `tideover.app.verbs`, every figure on a page is the
figure of the object that the verb returned. A module per group of pages is in `views`, what a page
shows is put together in `pages`, and the plots are drawn in `plots`.
"""
