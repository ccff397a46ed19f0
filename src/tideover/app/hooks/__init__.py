"""Where platforms call us: WeChat's callback and the mail provider's webhooks, at `/hooks/`.

No session, no cookie and no form: each request proves itself by its signature or is refused, and
each refusal is in the log.
"""
