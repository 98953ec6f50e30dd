import Mustache

/// A page of HTML that needs nothing beside it and prints on A4.
struct Page {
  private let template: MustacheTemplate

  /// - Parameter body: Mustache; every value is escaped.
  init(body: String) {
    do {
      template = try MustacheTemplate(string: Self.head + body + Self.foot)
    } catch {
      // The templates are ours, and a test renders each.
      preconditionFailure("\(error)")
    }
  }

  func html(_ values: [String: Any]) -> String { template.render(values) }

  private static let head = """
    <!DOCTYPE html>
    <html lang="zh">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>
    @page { size: A4; margin: 18mm; }
    body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; font-size: 20pt;
           line-height: 1.6; color: #111; background: #fff; max-width: 180mm; margin: 0 auto; }
    h1 { font-size: 28pt; margin: 0 0 6mm; } h2 { font-size: 22pt; margin: 6mm 0 2mm; }
    ol, ul { margin: 0; padding-left: 1.4em; } li { margin: 1mm 0; }
    .tick { list-style: none; padding-left: 0; } .tick li::before { content: "□ "; font-size: 26pt; }
    .box { border: 2px solid #111; padding: 3mm 5mm; margin: 5mm 0; }
    .sign { margin-top: 14mm; border-top: 1px solid #111; padding-top: 3mm; } .small { font-size: 12pt; color: #444; }
    .card { text-align: center; page-break-after: always; padding: 20mm 0; }
    .picture { font-size: 120pt; line-height: 1.1; } .words { font-size: 54pt; font-weight: bold; }
    .answers { display: flex; justify-content: space-around; margin-top: 16mm; }
    .answers div { border: 4px solid #111; width: 60mm; padding: 4mm; font-size: 40pt; }
    .answers svg { width: 30mm; height: 30mm; }
    </style>
    </head>
    <body>

    """

  private static let foot = "</body>\n</html>\n"
}
