"""The audit report: what the register and the posture of its accounts come to, fit to be handed to council.

`compile_report` puts it together from what is known; the `to_` modules write it as JSON, CSV, text and PDF. All four
say the same.
"""

from undersigned.accounts.report.compiling import Subject, compile_report
from undersigned.accounts.report.model import AuditReport
from undersigned.accounts.report.to_csv import as_csv
from undersigned.accounts.report.to_json import as_json
from undersigned.accounts.report.to_pdf import as_pdf
from undersigned.accounts.report.to_text import as_text

__all__ = ["AuditReport", "Subject", "as_csv", "as_json", "as_pdf", "as_text", "compile_report"]
