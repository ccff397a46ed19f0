"""A wage slip as a PDF with a text layer, small enough to be read in a blink."""


def wage_slip(
    *, name: str = "San Zhang", net: str = "5000.00", number: str = "WS-20261031"
) -> bytes:
    """One page that says gross 6,000.00 less deductions 1,000.00, and `net`."""
    lines = (
        "PAYSLIP",
        "Demo Trading Co., Ltd.",
        f"Employee: {name}",
        "Pay Period: October 2026",
        f"Slip No.: {number}",
        "Basic Salary: 5500.00",
        "Bonus: 500.00",
        "Gross Pay: 6000.00",
        "Pension: 800.00",
        "Income Tax: 200.00",
        "Total Deductions: 1000.00",
        f"Net Pay: {net}",
        "Date: 2026-11-05",
    )
    drawn = b"\n".join(
        b"BT /F1 12 Tf 40 %d Td (%s) Tj ET" % (560 - 34 * at, line.encode())
        for at, line in enumerate(lines)
    )
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>"
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for at, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (at, body)
    begin = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % begin
    return bytes(out)
