"""The service for other people's programs: `/api/v1/`. JSON out, problems as RFC 9457 says."""
