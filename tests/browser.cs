#:project ../src/GradientDescent.Reporting/GradientDescent.Reporting.csproj
#:property PublishAot=false
// Opens pages from the disk in a headless Chromium, as a reader would, and looks: nothing is asked of a network, nothing fails in the
// console, all charts are drawn and no text of theirs covers another; the pointer, the legend, the keys, the buttons, the race and the
// surface work; light and dark, on a phone, on paper, with names that are scripts. dotnet run tests/browser.cs [folder for screenshots];
// the browser is `chromium`, or what CHROMIUM names. The exit code is 0 only if everything held.

using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using GradientDescent;
using GradientDescent.Reporting;

DirectoryInfo temporary = Directory.CreateTempSubdirectory("gd-browser-");
string? pictures = args.Length > 0 ? Directory.CreateDirectory(args[0]).FullName : null;
int failures = 0;
try
{
    await using Browser browser = await Browser.StartAsync(temporary.FullName);
    await LookAtRunsAsync(browser);
    await LookAtNamesAsync(browser);
    await LookAtExtremesAsync(browser);
    await LookAtManyRowsAsync(browser);
}
finally
{
    temporary.Delete(recursive: true);
}

Console.WriteLine(failures == 0 ? "the pages are good" : $"{failures} checks failed");
return failures == 0 ? 0 : 1;

void Check(bool holds, string what)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}");
    failures += holds ? 0 : 1;
}

async Task LookAtRunsAsync(Browser browser)
{
    await OpenAsync(browser, "runs", Reports.Runs());
    await LookAtTextsAsync(browser, "runs");
    await LookAtThePointerAsync(browser);
    await LookAtSwitchesAsync(browser);
    await LookAtTheKeysAsync(browser);
    await LookAtTheRaceAsync(browser);
    await LookAtTheSurfaceAsync(browser);
    await LookAtDownloadsAsync(browser);
    await LookAtThemesAsync(browser);
    await LookAtPrintAsync(browser, "runs");
    await LookOnAPhoneAsync(browser, "runs");
}

async Task LookAtThePointerAsync(Browser browser)
{
    (double x, double y, double width, double height) = await BoxAsync(browser, "#chart0 .nsewdrag");
    await browser.MouseAsync("mouseMoved", x + width / 2, y + height / 2);
    await browser.WaitAsync("document.querySelector('#chart0 .hoverlayer text') !== null");
    string tip = await browser.TextAsync("[...document.querySelectorAll('#chart0 .hoverlayer text')].map(t => t.textContent).join(' ')");
    Check(tip.StartsWith("50", StringComparison.Ordinal) && tip.Contains("Momentum", StringComparison.Ordinal)
        && tip.Contains("Adam", StringComparison.Ordinal),
            $"at the middle of the loss chart the pointer shows the values of both runs: {tip}");
    await ScreenshotAsync(browser, "hover");

    const string Range = "JSON.stringify(document.getElementById('chart0')._fullLayout.xaxis.range)";
    string whole = await browser.TextAsync(Range);
    await browser.MouseAsync("mousePressed", x + width * 0.4, y + height * 0.3);
    foreach (double share in (double[])[0.45, 0.5, 0.6])
        await browser.MouseAsync("mouseMoved", x + width * share, y + height * (share + 0.1));
    await browser.MouseAsync("mouseReleased", x + width * 0.6, y + height * 0.7);
    Check(await browser.WaitAsync($"{Range} !== '{whole}'"), $"a drag zooms from {whole} to {await browser.TextAsync(Range)}");
    await browser.EvaluateAsync("document.querySelector('figure .reset').click()");
    Check(await browser.WaitAsync($"{Range} === '{whole}'"), "and the whole view comes back");
    string changed = await browser.TextAsync("""
        (() => {
          const ranges = chart => JSON.stringify(Object.entries(chart._fullLayout).filter(([name]) => /^[xy]axis/.test(name))
            .map(([name, axis]) => [name, ...axis.range.map(end => +end.toPrecision(6))]));
          return [...document.querySelectorAll('.plot')].filter(chart => {
            const before = ranges(chart);
            chart.parentNode.querySelector('.reset').click();
            return before !== ranges(chart);
          }).map(chart => chart.getAttribute('aria-label')).join('\n');
        })()
        """);
    Check(changed.Length == 0, $"where the whole is shown, the button for it changes nothing {changed}");
    await browser.MouseAsync("mouseMoved", 2, 2);
}

async Task LookAtSwitchesAsync(Browser browser)
{
    // The indices of the charts in which a trace of a run has a state.
    static string Charts(string run, string state) => "[...document.querySelectorAll('.plot')]" +
        $".flatMap((c, i) => c.data.some(t => t.meta?.series === '{run}' && {state}) ? [i] : []).join(' ')";
    string with = await browser.TextAsync(Charts("Momentum", "true"));
    Check(with.Split(' ').Length == 6, $"a run is in six charts: {with}");
    await browser.EvaluateAsync("document.querySelector('input[data-run=\"0\"]').click()");
    await OffAsync("its box");
    await browser.EvaluateAsync("document.querySelector('input[data-run=\"0\"]').click()");
    await OnAsync("its box");
    foreach (bool off in (bool[])[true, false])
    {
        (double x, double y, double width, double height) = await BoxAsync(browser, "#chart0 .legendtoggle");
        await browser.MouseAsync("mouseMoved", x + width / 2, y + height / 2);
        await browser.MouseAsync("mousePressed", x + width / 2, y + height / 2);
        await browser.MouseAsync("mouseReleased", x + width / 2, y + height / 2);
        await (off ? OffAsync("the legend") : OnAsync("the legend"));
        Check((await browser.EvaluateAsync("document.querySelector('input[data-run=\"0\"]').checked"))!.GetValue<bool>() != off,
            "the box follows");
    }

    async Task OffAsync(string by) => Check(
        await browser.WaitAsync($"{Charts("Momentum", "t.visible !== 'legendonly'")} === ''")
            && await browser.TextAsync(Charts("Adam", "t.visible !== 'legendonly'")) == with,
        $"{by} switches a run off in all charts, the other stays");

    async Task OnAsync(string by) => Check(
        await browser.WaitAsync($"{Charts("Momentum", "t.visible === 'legendonly'")} === ''"), $"{by} switches it on in all charts");
}

async Task LookAtTheKeysAsync(Browser browser)
{
    await browser.EvaluateAsync("document.getElementById('chart0').focus()");
    const string Said = "document.querySelector('figure .value').textContent";
    for (int epoch = 0; epoch < 2; epoch++)
    {
        await browser.KeyAsync("ArrowRight");
        bool says = await browser.WaitAsync($"/^{epoch}: Momentum [\\d.]+, Adam [\\d.]+$/.test({Said})");
        Check(says, $"the arrow keys say values: {await browser.TextAsync(Said)}");
    }

    await browser.EvaluateAsync("document.activeElement.blur()");
    Check((await browser.TextAsync(Said)).Length == 0, "they go with the focus");
}

async Task LookAtTheRaceAsync(Browser browser)
{
    string race = await ChartAsync(browser, "(c, i) => document.querySelector(`#chart${i} ~ .player`)");
    string player = $"{race}.parentNode.querySelector('.player')", active = $"Number({player}.children[1].value)";
    string length = $"{race}.data.filter(t => t.mode === 'lines').at(-1).x.length";
    double all = await browser.NumberAsync(length), end = await browser.NumberAsync(active);
    await browser.EvaluateAsync($"{player}.children[0].click()");
    Check(await browser.WaitAsync($"{length} < {all}"), "Play begins at the start");
    Check(await browser.WaitAsync($"{active} > 3 && {active} < {end}"), "the slider moves with the race");
    Check(await browser.NumberAsync($"{race}.querySelectorAll('.contourlayer path').length") > 10, "the function stays below it");
    await ScreenshotAsync(browser, "race");
    Check(await browser.WaitAsync($"{length} === {all} && {active} === {end}", seconds: 20), "at the end, the whole paths are shown");
    await browser.EvaluateAsync($"{player}.children[1].value = {end / 2}; {player}.children[1].dispatchEvent(new Event('input'))");
    Check(await browser.WaitAsync($"{length} < {all} && Math.abs({active} - {end} / 2) < 3"), "the slider shows the middle of the race");
}

async Task LookAtTheSurfaceAsync(Browser browser)
{
    string surface = await ChartAsync(browser, "c => c.layout.scene");
    await browser.EvaluateAsync($"{surface}.scrollIntoView()");
    if (!(await browser.EvaluateAsync("document.createElement('canvas').getContext('webgl') !== null"))!.GetValue<bool>())
    {
        Console.WriteLine("left out: the surface, because this browser has no WebGL");
        return;
    }

    await ScreenshotAsync(browser, "surface");
    const string Colours = """
        new Promise(async done => {
          const image = new Image();
          image.src = await Plotly.toImage(CHART, { format: 'png', width: 300, height: 300 });
          await image.decode();
          const canvas = document.createElement('canvas');
          canvas.width = canvas.height = 300;
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          done(new Set(new Uint32Array(context.getImageData(60, 100, 180, 120).data.buffer)).size);
        })
        """;
    double colours = await browser.NumberAsync(Colours.Replace("CHART", surface, StringComparison.Ordinal));
    Check(colours > 100, $"the surface is drawn: {colours} colours in its middle");
}

async Task LookAtDownloadsAsync(Browser browser)
{
    string folder = Directory.CreateDirectory(Path.Combine(temporary.FullName, "downloads")).FullName;
    await browser.CallAsync("Browser.setDownloadBehavior", new() { ["behavior"] = "allow", ["downloadPath"] = folder });
    foreach (string format in (string[])["svg", "png"])
    {
        string file = Path.Combine(folder, $"learning-rate.{format}");
        await browser.EvaluateAsync($"document.getElementById('chart1').parentNode.querySelector('[data-format={format}]').click()");
        for (var waited = Stopwatch.StartNew(); !File.Exists(file) && waited.Elapsed.TotalSeconds < 10;)
            await browser.EvaluateAsync("new Promise(done => setTimeout(done, 50, 0))");
        byte[] bytes = File.Exists(file) ? File.ReadAllBytes(file) : [];
        Check(format == "svg" ? bytes.AsSpan().StartsWith("<svg"u8) : bytes.AsSpan().StartsWith((byte[])[0x89, .. "PNG"u8]),
            $"the button {format.ToUpperInvariant()} saves a picture: " +
            $"{string.Join(", ", Directory.GetFiles(folder).Select(Path.GetFileName))}");
        if (pictures is not null && bytes.Length > 0)
            File.Copy(file, Path.Combine(pictures, $"saved.{format}"), overwrite: true);
    }
}

async Task LookAtThemesAsync(Browser browser)
{
    foreach (string theme in (string[])["light", "dark"])
    {
        await browser.CallAsync("Emulation.setEmulatedMedia",
            new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = theme }) });
        bool holds = await browser.WaitAsync(Lightness("paper > 240 && charts > 240 && ink < 60",
            "paper < 60 && charts < 60 && ink > 220", theme));
        Check(holds, $"{theme}: the page, the charts and their texts");
        await ScreenshotAsync(browser, theme);
    }

    await browser.CallAsync("Emulation.setEmulatedMedia", new() { ["media"] = "", ["features"] = new JsonArray() });
}

// Whether the red parts of the colours of the page, the charts and their texts are as light as they must be.
static string Lightness(string light, string dark, string theme) =>
    $$"""
    (() => {
      const red = colour => Number(colour.match(/\d+/)[0]);
      const paper = red(getComputedStyle(document.body).backgroundColor);
      return [...document.querySelectorAll('.plot')].every(chart => {
        const charts = red(chart.querySelector('.main-svg').style.background);
        const text = chart.querySelector('.legendtext, .xtitle, .annotation-text, .xtick text');
        const ink = text ? red(getComputedStyle(text).fill) : {{(theme == "light" ? 0 : 255)}};
        return {{(theme == "light" ? light : dark)}};
      });
    })()
    """;

async Task LookAtNamesAsync(Browser browser)
{
    await OpenAsync(browser, "names", Reports.Names());
    await LookAtTextsAsync(browser, "names");
    string texts = await browser.TextAsync("[...document.querySelectorAll('.plot text, th, h2, h3')].map(t => t.textContent).join('\\n')");
    foreach (string text in (string[])["<script>alert(1)</script>", "\"quoted\" & 'more'", "right\uFFFDtfel", "@s0",
        "%{x} $x$ <b>bold</b>"])
        Check(texts.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal)) > 3, $"a name is shown as it stands: {text}");
    Check(!texts.Contains('\u202E', StringComparison.Ordinal), "no character turns the text around");
    Check(await browser.NumberAsync("document.querySelectorAll('.plot script, .plot b, th b').length") == 0, "no name is markup");
    (double x, double y, double width, double height) = await BoxAsync(browser, "#chart0 .nsewdrag");
    await browser.MouseAsync("mouseMoved", x + width / 2, y + height / 2);
    await browser.WaitAsync("document.querySelector('#chart0 .hoverlayer text') !== null");
    string tip = await browser.TextAsync("[...document.querySelectorAll('#chart0 .hoverlayer text')].map(t => t.textContent).join(' ')");
    Check(tip.Contains("<script>alert(1)</script>", StringComparison.Ordinal)
        && tip.Contains("%{x} $x$ <b>bold</b>", StringComparison.Ordinal),
        "names at the pointer are shown as they stand");
    Check(browser.Dialogs == 0 && browser.Errors.Count == 0, "no name runs");
    await ScreenshotAsync(browser, "names");
}

async Task LookAtExtremesAsync(Browser browser)
{
    await OpenAsync(browser, "extremes", Reports.Extremes());
    await LookAtTextsAsync(browser, "extremes");
    Check(await browser.NumberAsync(
        "[...document.querySelectorAll('.plot svg *')].filter(e => [...e.attributes].some(a => /NaN|Infinity/.test(a.value))).length") == 0,
        "extremes: every number is finite");
    await ScreenshotAsync(browser, "extremes");
    Check(browser.Errors.Count == 0, $"extremes: no error in the console{string.Concat(browser.Errors.Select(error => ", " + error))}");
}

async Task LookAtManyRowsAsync(Browser browser)
{
    const int LimitInSeconds = 6; // twice what an idle machine may need
    string address = Save("many-rows", Reports.ManyRows());
    await SizeAsync(browser, 1100, isPhone: false);
    var time = Stopwatch.StartNew();
    await browser.NavigateAsync(address);
    await DrawnAsync(browser);
    Check(time.Elapsed.TotalSeconds < LimitInSeconds,
        $"a page of a fit of 200,000 rows, {new FileInfo(new Uri(address).LocalPath).Length / 1024} KB, " +
        $"is drawn after {time.Elapsed.TotalSeconds:0.00} s");
    await ScreenshotAsync(browser, "many-rows");
}

string Save(string name, Report report)
{
    string file = Path.Combine(temporary.FullName, $"{name}.html");
    report.SaveHtml(file);
    return new Uri(file).AbsoluteUri;
}

async Task OpenAsync(Browser browser, string name, Report report)
{
    string address = Save(name, report);
    await browser.CallAsync("Emulation.setEmulatedMedia", new() { ["media"] = "", ["features"] = new JsonArray() });
    await SizeAsync(browser, 1100, isPhone: false);
    await browser.NavigateAsync(address);
    Check(await DrawnAsync(browser), $"{name}: all charts are drawn");
    string[] others = [.. browser.Requests.Where(other => other != address && !other.StartsWith("data:", StringComparison.Ordinal)
        && !other.StartsWith("blob:", StringComparison.Ordinal))];
    Check(others.Length == 0, $"{name}: one request, for the file itself {string.Join(", ", others)}");
    Check(browser.Errors.Count == 0, $"{name}: no error in the console{string.Concat(browser.Errors.Select(error => ", " + error))}");
}

static Task<bool> DrawnAsync(Browser browser) =>
    browser.WaitAsync("document.querySelector('.plot') !== null && !document.querySelector('.plot:not([data-drawn])')", seconds: 30);

// The chart of the page for which a function is true, as a script.
static async Task<string> ChartAsync(Browser browser, string holds) =>
    $"document.getElementById('{await browser.TextAsync($"[...document.querySelectorAll('.plot')].find({holds}).id")}')";

static async Task<(double X, double Y, double Width, double Height)> BoxAsync(Browser browser, string selector)
{
    JsonNode box = (await browser.EvaluateAsync($$"""
        (() => {
          const element = document.querySelector('{{selector}}');
          element.scrollIntoView({ block: 'center' });
          const box = element.getBoundingClientRect();
          return [box.x, box.y, box.width, box.height];
        })()
        """))!;
    return ((double)box[0]!, (double)box[1]!, (double)box[2]!, (double)box[3]!);
}

// Within each chart: no text covers another one, none leaves the picture.
async Task LookAtTextsAsync(Browser browser, string name)
{
    string found = await browser.TextAsync("""
        (() => {
          const found = [];
          // The size of a text and its middle, on axes that are turned as the text is. The box of a power is higher than its ink.
          const ownBox = text => {
            const { a, b } = text.getScreenCTM(), at = text.getBoundingClientRect(), { width, height } = text.getBBox();
            const x = (at.left + at.right) / 2, y = (at.top + at.bottom) / 2;
            return { angle: Math.round(Math.atan2(b, a) * 180 / Math.PI), width, height, x: a * x + b * y, y: a * y - b * x,
              isPower: text.querySelector('tspan[dy]') !== null };
          };
          for (const chart of document.querySelectorAll('.plot')) {
            const picture = chart.getBoundingClientRect(), title = chart.getAttribute('aria-label').slice(0, 40);
            const texts = [...chart.querySelectorAll('.main-svg text')]
              .filter(text => text.textContent.trim() && !text.closest('.scene, .hoverlayer'))
              .map(text => ({ text: text.textContent, box: text.getBoundingClientRect(), turned: ownBox(text) }))
              .filter(({ box }) => box.width > 0);
            texts.forEach(({ text, box, turned }, i) => {
              if (box.left < picture.left - 1 || box.right > picture.right + 1
                || box.top < picture.top - 1 || box.bottom > picture.bottom + 1)
                found.push(`${title}: "${text}" leaves the picture`);
              for (const other of texts.slice(i + 1)) {
                const its = other.turned, upright = turned.angle % 90 === 0 && its.angle % 90 === 0;
                if (!upright && turned.angle !== its.angle) continue;
                const across = upright ? Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
                  : (turned.width + its.width) / 2 - Math.abs(turned.x - its.x);
                const down = upright ? Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
                  : (turned.height + its.height) / 2 - Math.abs(turned.y - its.y);
                const isOnItsSide = upright && turned.angle % 180 !== 0 && turned.angle === its.angle;
                const half = Math.min(turned.height, its.height) * (turned.isPower || its.isPower ? 1.2 : 0.5);
                if (across > (isOnItsSide ? half : 1) && down > (isOnItsSide ? 1 : half))
                  found.push(`${title}: "${text}" covers "${other.text}"`);
              }
            });
          }
          return found.join('\n');
        })()
        """);
    Check(found.Length == 0,
        $"{name}: no text of a chart covers another one or leaves the picture{(found.Length == 0 ? "" : "\n" + found)}");
}

async Task LookOnAPhoneAsync(Browser browser, string name)
{
    await browser.CallAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
    await SizeAsync(browser, 390, isPhone: true);
    await browser.NavigateAsync(new Uri(Path.Combine(temporary.FullName, $"{name}.html")).AbsoluteUri); // a phone is one from the beginning
    Check(await DrawnAsync(browser), $"{name}: on a phone all charts are drawn");
    Check(await browser.NumberAsync("document.documentElement.scrollWidth") <= 390,
        $"{name}: a page of 390 pixels does not scroll sideways");
    Check(await browser.NumberAsync(
        "Math.max(...[...document.querySelectorAll('figure, .main-svg')].map(f => f.getBoundingClientRect().right))") <= 390,
        $"{name}: there, the charts are as wide as the page at the most");
    await LookAtTextsAsync(browser, $"{name}, phone");
    (double x, double y, double width, double height) = await BoxAsync(browser, "#chart0 .nsewdrag");
    double before = await browser.NumberAsync("scrollY");
    await browser.TouchAsync("touchStart", (x + width / 2, y + height / 2));
    for (int i = 1; i <= 15; i++)
        await browser.TouchAsync("touchMove", (x + width / 2, y + height / 2 - 10 * i));
    await browser.TouchAsync("touchEnd");
    Check(await browser.WaitAsync($"scrollY > {before + 50}"), $"{name}: a finger on a chart scrolls the page");
    await ScreenshotAsync(browser, $"{name}-phone");
    await browser.CallAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = false });
    await SizeAsync(browser, 1100, isPhone: false);
}

async Task LookAtPrintAsync(Browser browser, string name)
{
    JsonNode printed = await browser.CallAsync("Page.printToPDF", new() { ["printBackground"] = false });
    byte[] pdf = Convert.FromBase64String((string)printed["data"]!);
    Check(pdf.AsSpan().StartsWith("%PDF-"u8), $"{name}: prints, {pdf.Length / 1024} KB");
    if (pictures is not null)
        File.WriteAllBytes(Path.Combine(pictures, $"{name}.pdf"), pdf);
    await browser.CallAsync("Emulation.setEmulatedMedia", new()
    {
        ["media"] = "print",
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = "dark" }),
    });
    // Before the page has the width of the paper, as in a real print.
    await browser.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
    await SizeAsync(browser, 720, isPhone: false); // the width of a page of A4 without its margins
    Check(await browser.WaitAsync(Lightness("charts > 240 && ink < 60", "", "light")), $"{name}: dark ink on paper");
    Check(await browser.NumberAsync(
        "[...document.querySelectorAll('input, button')]" +
        ".filter(one => one.getClientRects().length > 0).length") == 0,
        $"{name}: no switches on paper");
    Check(await browser.NumberAsync(
        "Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('.main-svg')]" +
        ".map(f => f.getBoundingClientRect().right))") <= 720,
        $"{name}: nothing is cut off at the right of the paper");
    await ScreenshotAsync(browser, $"{name}-print");
    await browser.CallAsync("Emulation.setEmulatedMedia", new() { ["media"] = "", ["features"] = new JsonArray() });
    await SizeAsync(browser, 1100, isPhone: false);
    await browser.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
}

static async Task SizeAsync(Browser browser, int width, bool isPhone)
{
    await browser.CallAsync("Emulation.setDeviceMetricsOverride",
        new() { ["width"] = width, ["height"] = 844, ["deviceScaleFactor"] = 1, ["mobile"] = isPhone });
    // The page learns of its size before the next frame, and answers in it.
    await browser.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
}

async Task ScreenshotAsync(Browser browser, string name)
{
    if (pictures is null)
        return;
    const int Part = 1600; // what a screen can show at once
    double width = await browser.NumberAsync("document.documentElement.clientWidth"),
        height = await browser.NumberAsync("document.documentElement.scrollHeight");
    for (int i = 0; i * Part < height; i++)
    {
        var clip = new JsonObject
        {
            ["x"] = 0,
            ["y"] = i * Part,
            ["width"] = width,
            ["height"] = Math.Min(Part, height - i * Part),
            ["scale"] = 1
        };
        JsonNode picture = await browser.CallAsync("Page.captureScreenshot", new() { ["clip"] = clip, ["captureBeyondViewport"] = true });
        File.WriteAllBytes(Path.Combine(pictures, $"{name}-{i + 1}.png"), Convert.FromBase64String((string)picture["data"]!));
    }
}

/// <summary>What is looked at.</summary>
internal static class Reports
{
    private static readonly double[] _x = [.. Enumerable.Range(0, 40).Select(i => i / 4.0)],
        _bent = [.. _x.Select((x, i) => 2 * x + Math.Pow(i % 7 - 3, 3) / 20)];

    public static Report Runs()
    {
        TestFunction valley = TestFunctions.Rosenbrock;
        var report = new Report("Two optimizers on Rosenbrock's valley") { Notes = ["What is on this page."] };
        var paths = new List<Trajectory>();
        foreach (IOptimizer optimizer in (IOptimizer[])[new Momentum(0.0002), new Adam(0.1)])
            report.Add(Race(optimizer.GetType().Name, optimizer, 100, paths));
        LinearFit fit = LinearRegression.Fit(_x, _bent);
        ClassificationReport classes = ClassificationReport.From(
            [.. _x.Select((x, i) => (x * 3 + i * 7 % 11) / 41)], [.. _x.Select((x, i) => x * 4 + i * 5 % 17 > 26)], labels: ["no", "yes"]);
        return report
            .Add("Paths", Charts.Contours(valley, paths), Charts.Race(valley, paths), Charts.Surface(valley, paths))
            .Add("Functions", Charts.Function("x²", x => x * x, (-2, 2), [-1.8], ("rate 0.1", [-1.8, -1.44, -1.152])),
                Charts.Weights(Pixels(), width: 3))
            .Add("Schedules", Charts.Schedules(100, 10, ("cosine", new CosineDecay(Horizon.Fraction(1))),
                ("half", new CosineDecay(Horizon.Fraction(0.5)))))
            .Add("Fit", Charts.Line(_x, _bent, fit), Charts.Coefficients(fit.Statistics.Coefficients))
            .AddFit("Residuals", [.. _x.Select(x => fit.Predict(x))], _bent)
            .AddClassifier("Classes", classes);
    }

    /// <summary>Names that a browser could take for something else.</summary>
    public static Report Names()
    {
        string[] names = ["<script>alert(1)</script>", "\"quoted\" & 'more'", "right\u202Etfel", "@s0", "%{x} $x$ <b>bold</b>"];
        var report = new Report(names[0]);
        var paths = new List<Trajectory>();
        foreach (string name in names)
            report.Add(Race(name, new Adam(0.1), 30, paths));
        foreach (string name in names)
            report.AddTable(name, [name, name], [name, name]);
        return report.Add(names[0], Charts.Contours(TestFunctions.Rosenbrock, paths),
            Charts.ConfusionMatrix(names, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]))
            .Add("Curves", Charts.Curves(names[4], names[3], names[1],
                [.. names.Select(name => (name, (IReadOnlyList<double>)_x, (IReadOnlyList<double>)_x))]));
    }

    /// <summary>The predictions of 200,000 rows.</summary>
    public static Report ManyRows()
    {
        double[] targets = [.. Enumerable.Range(0, 200_000).Select(i => i * 7919L % 200_000 / 1000.0)];
        return new Report("Many rows").AddFit("Fit", [.. targets.Select((y, i) => y + (i * 104_729L % 1000 - 500) / 50.0)], targets);
    }

    /// <summary>Many runs, long names, one point, nothing at all, and numbers of every size.</summary>
    public static Report Extremes()
    {
        var report = new Report(
            "A title that is as long as titles are when nobody thinks of phones, withoutaspaceinaverylongwordthatnobodycanbreakanywhere");
        var paths = new List<Trajectory>();
        Func<double, IOptimizer>[] optimizers =
            [rate => new BatchGD(rate / 100), rate => new Momentum(rate / 500), rate => new Adam(rate), rate => new RMSProp(rate), rate =>
            new Rprop(rate)];
        for (int i = 0; i < 14; i++)
            report.Add(Race(i == 3 ? "A run with a very long name, given by someone who wanted to say everything at once: rate 0.0001"
                : $"run {i}", optimizers[i % 5](i == 10 ? 1e4 : 0.02 + 0.01 * i), 60, paths));
        report.Add(new ReportRun("one update", new Trainer(new Adam(0.1), new TrainingOptions { MaxSteps = 1 })
            .Minimize(TestFunctions.Beale, [1.0, 1.5])));
        report.Add("Functions", Charts.Contours(TestFunctions.Rosenbrock, paths));
        foreach (TestFunction function in (TestFunction[])[TestFunctions.QuadraticBowl, TestFunctions.LineFit, TestFunctions.Beale,
            TestFunctions.Himmelblau, TestFunctions.Saddle])
            report.Add("Functions", Charts.Contours(function));
        report.Add("Functions", Charts.Contours("flat", Objective.From(_ => 1), (0, 1), (0, 1)),
            Charts.Contours("never finite", Objective.From(_ => double.NaN), (-1e100, 1e100), (1000000, 1000000.01)));
        report.Add("Schedules",
            Charts.Schedules(100, 10,
            [.. Enumerable.Range(1, 7)
            .Select(i => (i == 2 ? "a schedule with a long name"
            : $"cosine to {i}/10", (ISchedule)new CosineDecay(Horizon.Fraction(1), i / 10.0)))]));
        Fit("Scattered", [.. _x.Select((x, i) => x + Math.Pow(i % 7 - 3, 3) / 20)], _x);
        Fit("One sample", [1], [1]);
        Fit("Constant", [2, 2, 2], [1, 1, 1]);
        Fit("Tiny", [1e-300, 2e-300, 5e-310], [2e-300, 1e-300, 1e-310]);
        Fit("Smallest", [5e-324, 0, 1e-323], [0, 5e-324, 0]);
        Fit("Huge", [1e299, -1e299, 1e298, 3], [-1e299, 1e299, 1, 4]);
        Fit("Beyond", [1e308, -1e308], [-1e308, 1e308]);
        Fit("Far from zero", [1000000.001, 1000000.002, 1000000.005], [1000000.002, 1000000.001, 1000000.009]);
        Fit("Not finite", [1, 2, double.NaN, 4, double.PositiveInfinity], [1.5, 2.2, 3, double.NaN, 1]);
        Classes(["setosa", "a class with a long name", "virginica <b>"], 7);
        Classes([.. Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))], 1_000_000);
        Classes([.. Enumerable.Range(0, 40).Select(i => $"class {i}")], 1000);
        Classes(["a", "b"], 0);
        return report;

        void Fit(string heading, double[] predictions, double[] targets) => report.AddFit(heading, predictions, targets);

        void Classes(string[] labels, int samples) => report.Add("Classes", Charts.ConfusionMatrix(
            labels, [.. Enumerable.Range(0, samples).Select(i => i % labels.Length)],
                [.. Enumerable.Range(0, samples).Select(i => i % 7 == 0 ? (i + 3) % labels.Length : i % labels.Length)]));
    }

    private static SoftmaxRegression Pixels()
    {
        var model = new SoftmaxRegression(2);
        double[][] pictures = [[1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1],
            [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]];
        new Trainer(new Adam(0.1), new TrainingOptions { MaxSteps = 20 }).Fit(model, Dataset.From(pictures, (double[])[0, 1, 0]));
        return model;
    }

    private static ReportRun Race(string name, IOptimizer optimizer, int updates, List<Trajectory> paths)
    {
        var log = new TrainingLog();
        var options = new TrainingOptions { MaxSteps = updates, Observers = [log] };
        TrainingRun run = new Trainer(optimizer, options).CreateRun(TestFunctions.Rosenbrock, [-0.5, 2.5]);
        paths.Add(Trajectory.From(name, run));
        return new ReportRun(name, run.Result) { Settings = options.ToString(), Seed = options.Seed, Reports = log.Reports };
    }
}

/// <summary>A headless Chromium with one page, spoken to by the DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];
    private bool _isLoaded, _isPressed;
    private int _calls;

    private Browser(Process process) => _process = process;

    /// <summary>Addresses asked for since the page was opened.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors since the page was opened.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Dialogs since the page was opened.</summary>
    public int Dialogs { get; private set; }

    public static async Task<Browser> StartAsync(string folder)
    {
        string profile = Path.Combine(folder, "profile"), port = Path.Combine(profile, "DevToolsActivePort");
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("CHROMIUM") ?? "chromium",
            ["--headless", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--hide-scrollbars", "--no-first-run",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile}", "about:blank"])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        var browser = new Browser(Process.Start(start)!);
        browser._process.ErrorDataReceived += (_, _) => { };
        browser._process.BeginErrorReadLine();
        browser._process.BeginOutputReadLine();
        for (var waited = Stopwatch.StartNew(); !(File.Exists(port) && File.ReadAllLines(port).Length > 1); await Task.Delay(50))
        {
            if (waited.Elapsed <= _patience && !browser._process.HasExited)
                continue;
            await browser.DisposeAsync();
            throw new InvalidOperationException("Chromium did not start.");
        }

        using var client = new HttpClient();
        JsonNode pages = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{File.ReadAllLines(port)[0]}/json/list")))!;
        JsonNode page = pages.AsArray().First(one => (string?)one!["type"] == "page")!;
        await browser._socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), default);
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
            await browser.CallAsync($"{domain}.enable");
        return browser;
    }

    public async Task NavigateAsync(string address)
    {
        Requests.Clear();
        Errors.Clear();
        Dialogs = 0;
        _isLoaded = false;
        await CallAsync("Page.navigate", new() { ["url"] = address });
        while (!_isLoaded)
            Note(await ReceiveAsync());
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_calls;
        byte[] message = Encoding.UTF8.GetBytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] }
            .ToJsonString());
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, default);
        while (true)
        {
            JsonNode answer = await ReceiveAsync();
            if ((int?)answer["id"] == id)
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]}");
            Note(answer);
        }
    }

    public async Task<JsonNode?> EvaluateAsync(string script)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate",
            new() { ["expression"] = script, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["exceptionDetails"] is { } failure ? throw new InvalidOperationException($"{script}: {failure}")
            : answer["result"]!["value"];
    }

    /// <summary>Waits until a script is true.</summary>
    public async Task<bool> WaitAsync(string condition, int seconds = 5) => (await EvaluateAsync($$"""
        new Promise(done => {
          const end = Date.now() + {{seconds}} * 1000;
          const look = () => {{condition}} ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 20);
          look();
        })
        """))!.GetValue<bool>();

    public Task MouseAsync(string type, double x, double y)
    {
        bool isHeld = type != "mouseMoved";
        _isPressed = isHeld ? type == "mousePressed" : _isPressed;
        return CallAsync("Input.dispatchMouseEvent", new()
        {
            ["type"] = type,
            ["x"] = x,
            ["y"] = y,
            ["button"] = isHeld || _isPressed ? "left" : "none",
            ["buttons"] = _isPressed ? 1 : 0,
            ["clickCount"] = isHeld ? 1 : 0,
        });
    }

    public Task TouchAsync(string type, params ReadOnlySpan<(double X, double Y)> fingers)
    {
        var points = new JsonArray();
        foreach ((double x, double y) in fingers)
            points.Add(new JsonObject { ["x"] = x, ["y"] = y });
        return CallAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = points });
    }

    public async Task KeyAsync(string key)
    {
        foreach (string type in (string[])["keyDown", "keyUp"])
            await CallAsync("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = key, ["code"] = key });
    }

    public async Task<double> NumberAsync(string script) => (double)(await EvaluateAsync(script))!;

    public async Task<string> TextAsync(string script) => (string)(await EvaluateAsync(script))!;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        using var message = new MemoryStream();
        while (true)
        {
            WebSocketReceiveResult part = await _socket.ReceiveAsync(_buffer, patience.Token);
            message.Write(_buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!;
        }
    }

    private void Note(JsonNode said)
    {
        JsonNode? details = said["params"];
        switch ((string?)said["method"])
        {
            case "Page.loadEventFired":
                _isLoaded = true;
                break;
            case "Page.javascriptDialogOpening":
                Dialogs++;
                break;
            case "Network.requestWillBeSent":
                Requests.Add((string)details!["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
                Errors.Add(details!["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when (string?)details!["entry"]!["level"] == "error":
                Errors.Add((string)details["entry"]!["text"]!);
                break;
            case "Runtime.consoleAPICalled" when (string?)details!["type"] == "error":
                Errors.Add(details["args"]!.ToJsonString());
                break;
        }
    }
}
