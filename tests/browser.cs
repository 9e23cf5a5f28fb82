#:project ../src/GradientDescent.Reporting/GradientDescent.Reporting.csproj
#:property PublishAot=false
// Opens reports from the disk in a headless Chromium, as a reader would, and looks: nothing is asked of a network, nothing fails in the
// console, charts are drawn and no text of theirs covers another, values appear at the pointer, runs are switched off and on, light and
// dark, on a phone, on paper. dotnet run tests/browser.cs [folder for screenshots]; the browser is `chromium`, or what CHROMIUM names. The
// exit code is 0 only if everything held.

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
    await LookAtExtremesAsync(browser);
}
finally
{
    temporary.Delete(recursive: true);
}

Console.WriteLine(failures == 0 ? "the reports are good" : $"{failures} checks failed");
return failures == 0 ? 0 : 1;

void Check(bool holds, string what)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}");
    failures += holds ? 0 : 1;
}

async Task LookAtRunsAsync(Browser browser)
{
    await OpenAsync(browser, "runs", Reports.Runs());
    Check(await browser.NumberAsync("document.querySelectorAll('figure > svg').length") == 4, "four charts are drawn");
    Check(await browser.NumberAsync("document.querySelectorAll('figure > svg g[data-run=\"0\"] path.line').length") >= 8,
        "the first run has lines and legends in each of them");
    await LookAtTextsAsync(browser, "runs");

    await HoverAsync(browser, "chart0", 0.5);
    string tip = await browser.TextAsync("document.querySelector('.tip')?.innerText ?? ''");
    Check(tip.StartsWith("epoch 5", StringComparison.Ordinal)
        && tip.Contains("Momentum", StringComparison.Ordinal),
        $"at the middle of the loss chart the pointer shows values: {tip.ReplaceLineEndings(" ")}");
    const string TipIsInside = """
        (() => {
          const t = document.querySelector('.tip').getBoundingClientRect(), f = document.querySelector('figure').getBoundingClientRect();
          return Number(t.left >= f.left && t.right <= f.right)
        })()
        """;
    Check(await browser.NumberAsync(TipIsInside) == 1, "they stay within the chart");
    await ScreenshotAsync(browser, "hover");
    await browser.CallAsync("Input.dispatchMouseEvent", new() { ["type"] = "mouseMoved", ["x"] = 2, ["y"] = 2 });
    Check(await browser.NumberAsync("document.querySelectorAll('.tip').length") == 0, "they go with the pointer");

    await browser.EvaluateAsync("document.querySelector('input[data-run=\"0\"]').click()");
    const string Shown = "[...document.querySelectorAll('g[data-run=\"RUN\"]')].filter(part => getComputedStyle(part).display !== " +
        "'none').length";
    Check(await browser.NumberAsync(Shown.Replace("RUN", "0", StringComparison.Ordinal)) == 0
        && await browser.NumberAsync(Shown.Replace("RUN", "1", StringComparison.Ordinal)) > 0,
        "a run is switched off in all charts, the others stay");
    await HoverAsync(browser, "chart0", 0.5);
    tip = await browser.TextAsync("document.querySelector('.tip').innerText");
    Check(!tip.Contains("Momentum", StringComparison.Ordinal)
        && tip.Contains("Adam", StringComparison.Ordinal), "its values are no longer shown");
    await browser.EvaluateAsync("document.querySelector('input[data-run=\"0\"]').click()");
    Check(await browser.NumberAsync(Shown.Replace("RUN", "0", StringComparison.Ordinal)) > 0, "and on again");

    await browser.EvaluateAsync("document.getElementById('chart1').focus()");
    foreach (string type in (string[])["keyDown", "keyUp"])
        await browser.CallAsync("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = "ArrowRight", ["code"] = "ArrowRight" });
    Check(await browser.NumberAsync("document.querySelectorAll('#chart1 .cursor').length") == 1, "the arrow keys move a cursor");
    await browser.EvaluateAsync("document.activeElement.blur()");

    foreach (string theme in (string[])["light", "dark"])
    {
        await browser.CallAsync("Emulation.setEmulatedMedia",
            new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = theme }) });
        double paper = await browser.NumberAsync("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"),
            ink = await browser.NumberAsync("Number(getComputedStyle(document.querySelector('svg text')).fill.match(/\\d+/)[0])");
        Check(theme == "light" ? paper > 200 && ink < 60 : paper < 60 && ink > 200, $"{theme}: paper {paper}, ink {ink}");
        await ScreenshotAsync(browser, theme);
    }

    await LookOnAPhoneAsync(browser, "runs");
    await LookAtPrintAsync(browser, "runs");
}

async Task LookAtExtremesAsync(Browser browser)
{
    await OpenAsync(browser, "extremes", Reports.Extremes());
    await LookAtTextsAsync(browser, "extremes");
    Check(await browser.NumberAsync(
        "[...document.querySelectorAll('svg *')].filter(e => [...e.attributes].some(a => /NaN|Infinity|∞/.test(a.value))).length") == 0,
        "extremes: every number is finite");
    await ScreenshotAsync(browser, "extremes");
    await LookOnAPhoneAsync(browser, "extremes");
    await LookAtPrintAsync(browser, "extremes");
}

async Task OpenAsync(Browser browser, string name, Report report)
{
    string file = Path.Combine(temporary.FullName, $"{name}.html");
    report.SaveHtml(file);
    await browser.CallAsync("Emulation.setEmulatedMedia", new() { ["media"] = "", ["features"] = new JsonArray() });
    await SizeAsync(browser, 1100, isPhone: false);
    string address = new Uri(file).AbsoluteUri;
    await browser.NavigateAsync(address);
    Check(browser.Requests.SequenceEqual([address]), $"{name}: one request, for the file " +
        $"itself{string.Concat(browser.Requests.Where(other => other != address).Select(other => ", " + other))}");
    Check(browser.Errors.Count == 0, $"{name}: no error in the console{string.Concat(browser.Errors.Select(error => ", " + error))}");
}

// Within each chart: no text covers another one, none leaves the picture.
async Task LookAtTextsAsync(Browser browser, string name)
{
    string found = await browser.TextAsync("""
        (() => {
          const found = [];
          for (const svg of document.querySelectorAll('figure > svg')) {
            const { width, height } = svg.viewBox.baseVal, picture = svg.getBoundingClientRect(), scale = width / picture.width;
            const texts = [...svg.querySelectorAll('text')].map(text => {
              const at = text.getBoundingClientRect(); // unlike getBBox, of a turned text as it stands
              return {
                text: text.textContent,
                box: { x: (at.x - picture.x) * scale, y: (at.y - picture.y) * scale, width: at.width * scale, height: at.height * scale },
              };
            });
            const title = texts[0].text;
            texts.forEach(({ text, box }, i) => {
              if (box.x < 0 || box.x + box.width > width || box.y < 0 || box.y + box.height > height)
                found.push(`${title}: "${text}" leaves the picture`);
              for (const other of texts.slice(i + 1)) {
                const across = Math.min(box.x + box.width, other.box.x + other.box.width) - Math.max(box.x, other.box.x);
                const down = Math.min(box.y + box.height, other.box.y + other.box.height) - Math.max(box.y, other.box.y);
                if (across > 0 && down > 2) found.push(`${title}: "${text}" covers "${other.text}"`);
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
    await SizeAsync(browser, 390, isPhone: true);
    Check(await browser.NumberAsync("document.documentElement.scrollWidth") <= 390,
        $"{name}: a page of 390 pixels does not scroll sideways");
    Check(await browser.NumberAsync(
        "Math.max(...[...document.querySelectorAll('figure')].map(f => f.getBoundingClientRect().right))") <= 390,
        $"{name}: there, the charts are as wide as the page at the most");
    await ScreenshotAsync(browser, $"{name}-phone");
    await SizeAsync(browser, 1100, isPhone: false);
}

async Task LookAtPrintAsync(Browser browser, string name)
{
    JsonNode printed = await browser.CallAsync("Page.printToPDF", new() { ["printBackground"] = false });
    byte[] pdf = Convert.FromBase64String((string)printed["data"]!);
    Check(pdf.AsSpan().StartsWith("%PDF-"u8), $"{name}: prints, {pdf.Length / 1024} KB");
    if (pictures is not null)
        File.WriteAllBytes(Path.Combine(pictures, $"{name}.pdf"), pdf);
    await browser.CallAsync("Emulation.setEmulatedMedia",
        new() { ["media"] = "print",
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = "dark" }) });
    await SizeAsync(browser, 720, isPhone: false); // the width of a page of A4 without its margins
    Check(await browser.NumberAsync("Number(getComputedStyle(document.querySelector('svg text')).fill.match(/\\d+/)[0])") < 60,
        $"{name}: dark ink on paper");
    Check(await browser.NumberAsync(
        "[...document.querySelectorAll('input')].filter(box => getComputedStyle(box).display !== 'none').length") == 0,
        $"{name}: no switches on paper");
    Check(await browser.NumberAsync("document.documentElement.scrollWidth") <= 720,
        $"{name}: nothing is cut off at the right of the paper");
    await ScreenshotAsync(browser, $"{name}-print");
    await browser.CallAsync("Emulation.setEmulatedMedia", new() { ["media"] = "", ["features"] = new JsonArray() });
}

static async Task HoverAsync(Browser browser, string chart, double share)
{
    string place = await browser.TextAsync($$"""
        (() => {
          const s = document.getElementById('{{chart}}');
          s.scrollIntoView();
          const b = s.getBoundingClientRect(), k = b.width / 480;
          const f = JSON.parse(document.getElementById('data').textContent).find(c => c.id === '{{chart}}').box;
          return `${b.left + k * (f[0] + f[2] * {{share.ToString(CultureInfo.InvariantCulture)}})} ${b.top + k * (f[1] + f[3] / 2)}`
        })()
        """);
    double[] at = [.. place.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    await browser.CallAsync("Input.dispatchMouseEvent", new() { ["type"] = "mouseMoved", ["x"] = at[0], ["y"] = at[1] });
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
        var clip = new JsonObject { ["x"] = 0, ["y"] = i * Part, ["width"] = width, ["height"] = Math.Min(Part, height - i * Part),
            ["scale"] = 1 };
        JsonNode picture = await browser.CallAsync("Page.captureScreenshot", new() { ["clip"] = clip, ["captureBeyondViewport"] = true });
        File.WriteAllBytes(Path.Combine(pictures, $"{name}-{i + 1}.png"), Convert.FromBase64String((string)picture["data"]!));
    }
}

/// <summary>What is looked at.</summary>
internal static class Reports
{
    private static readonly double[] _x = [.. Enumerable.Range(0, 40).Select(i => i / 4.0)];

    public static Report Runs()
    {
        var report = new Report("Two optimizers on Rosenbrock's valley");
        var paths = new List<Trajectory>();
        foreach (IOptimizer optimizer in (IOptimizer[])[new Momentum(0.0002), new Adam(0.1)])
            report.Add(Race(optimizer.GetType().Name, optimizer, 100, paths));
        return report.Add("Paths", Charts.Contours(TestFunctions.Rosenbrock, paths));
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

        void Fit(string heading, double[] predictions, double[] targets) => report.AddFit(
            heading, predictions, targets,
                predictions.Length == _x.Length
                ? LinearRegression.Fit(_x, targets.Select((y, i) => y + predictions[i]).ToArray()).Statistics.Coefficients : null);

        void Classes(string[] labels, int samples) => report.Add("Classes", Charts.ConfusionMatrix(
            labels, [.. Enumerable.Range(0, samples).Select(i => i % labels.Length)],
                [.. Enumerable.Range(0, samples).Select(i => i % 7 == 0 ? (i + 3) % labels.Length : i % labels.Length)]));
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
    private bool _isLoaded;
    private int _calls;

    private Browser(Process process) => _process = process;

    /// <summary>Addresses asked for since the page was opened.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors since the page was opened.</summary>
    public List<string> Errors { get; } = [];

    public static async Task<Browser> StartAsync(string folder)
    {
        string profile = Path.Combine(folder, "profile"), port = Path.Combine(profile, "DevToolsActivePort");
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("CHROMIUM") ?? "chromium",
            ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-port=0",
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
