using System.Text.RegularExpressions;

namespace GradientDescent.Tests.Architecture;

/// <summary>
/// The source files of a project, the types that they declare and the names that they use. A file <c>X.Part.cs</c> is a part of <c>X.cs</c>
/// in the same folder; both together are one unit. Only types at the top level of a file count: a nested type is used by the name of its
/// outer type.
/// </summary>
/// <remarks>
/// The text is read, not compiled. A name counts as a use of a type if it stands where a type can stand: not after a dot (unless
/// the rest is a namespace of the project), not as the name of a declared member, and not on the left of an assignment.
/// </remarks>
internal sealed partial class SourceFiles
{
    private static readonly HashSet<string> _keywordsBeforeATypeName =
    [
        "abstract", "and", "as", "async", "await", "by", "case", "const", "do", "else", "equals", "event", "explicit", "extern", "file",
            "fixed",
        "from", "implicit", "in", "init", "internal", "into", "is", "join", "let", "new", "not", "on", "operator", "or", "orderby", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "required", "return", "scoped", "sealed", "select",
        "stackalloc", "static", "this", "throw", "unsafe", "using", "virtual", "volatile", "when", "where", "with", "yield",
    ];

    private readonly string _root;
    private readonly Dictionary<string, HashSet<string>> _names;
    private readonly Dictionary<string, string> _homes;

    /// <param name="root">The folder of the project.</param>
    public SourceFiles(string root)
    {
        _root = root;
        Paths =
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "obj" or "bin"))
                .Order(StringComparer.Ordinal),
        ];
        Dictionary<string, string> code = Paths.ToDictionary(file => file, Code);
        HashSet<string> namespaces =
            [.. code.Values.SelectMany(text => Namespace().Matches(text)).SelectMany(match => match.Groups[1].Value.Split('.'))];
        _names = Paths.ToDictionary(file => file, file => NamesIn(code[file], namespaces));
        _homes = Paths
            .SelectMany(file => Declaration().Matches(code[file]).Select(match => (Name: match.Groups[1].Value, File: file)))
            .GroupBy(declared => declared.Name)
            .Select(group => (Name: group.Key, Home: HomeOf(group.Key, [.. group.Select(declared => declared.File).Distinct()])))
            .Where(type => type.Home is not null)
            .ToDictionary(type => type.Name, type => type.Home!);
    }

    /// <summary>The paths of all files, relative to the root, with slashes.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The folders that hold files directly below the root; "" for files in the root itself.</summary>
    public IEnumerable<string> Folders => Paths.Select(FolderOf).Distinct();

    /// <summary>The first folder of a path, or "" for a file in the root.</summary>
    public static string FolderOf(string path) => path.IndexOf('/', StringComparison.Ordinal) is var end and > 0 ? path[..end] : "";

    /// <summary>The names that a file uses in code.</summary>
    public IReadOnlySet<string> NamesIn(string path) => _names[path];

    /// <summary>
    /// Returns each use of a type of a folder that the user's folder may not know. Types in the root are open to all; files in the root
    /// may use no folder.
    /// </summary>
    /// <param name="allowed">For each folder the folders that it may use directly; what those may use is allowed too.</param>
    public IReadOnlyList<string> Violations(IReadOnlyDictionary<string, string[]> allowed)
    {
        return
        [
            .. from file in Paths
               let folder = FolderOf(file)
               let known = folder.Length == 0 ? [] : Reach(folder)
               from use in UsesOf(file)
               let home = FolderOf(use.Home)
               where home.Length > 0 && home != folder && !known.Contains(home)
               select $"{file} uses {use.Name} of {home}",
        ];

        HashSet<string> Reach(string folder) => [.. allowed[folder], .. allowed[folder].SelectMany(Reach)];
    }

    /// <summary>
    /// The cycles of files: each strongly connected component of more than one unit, as the lines "A.cs uses Name of B.cs" within it.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles()
    {
        var uses = new Dictionary<string, SortedDictionary<string, SortedSet<string>>>();
        foreach (string file in Paths)
        {
            string unit = UnitOf(file);
            uses.TryAdd(unit, new(StringComparer.Ordinal));
            foreach ((string name, string home) in UsesOf(file))
            {
                if (UnitOf(home) is var other && other != unit)
                {
                    uses[unit].TryAdd(other, new(StringComparer.Ordinal));
                    uses[unit][other].Add(name);
                }
            }
        }

        List<string[]> components = Components(uses.ToDictionary(unit => unit.Key, unit => unit.Value.Keys.ToArray()));
        return [.. components.Where(component => component.Length > 1).Select(Lines)];

        IReadOnlyList<string> Lines(string[] cycle) =>
        [
            .. from unit in cycle.Order(StringComparer.Ordinal)
               from other in uses[unit]
               where cycle.Contains(other.Key)
               select $"{unit}.cs uses {string.Join(", ", other.Value)} of {other.Key}.cs",
        ];
    }

    /// <summary>Tarjan, "Depth-first search and linear graph algorithms", 1972.</summary>
    private static List<string[]> Components(IReadOnlyDictionary<string, string[]> edges)
    {
        var components = new List<string[]>();
        var number = new Dictionary<string, int>();
        var lowest = new Dictionary<string, int>();
        var stack = new Stack<string>();
        var onStack = new HashSet<string>();
        foreach (string node in edges.Keys.Where(node => !number.ContainsKey(node)))
            Visit(node);
        return components;

        void Visit(string node)
        {
            number[node] = lowest[node] = number.Count;
            stack.Push(node);
            onStack.Add(node);
            foreach (string next in edges[node])
            {
                if (!number.TryGetValue(next, out int known))
                {
                    Visit(next);
                    lowest[node] = Math.Min(lowest[node], lowest[next]);
                }
                else if (onStack.Contains(next))
                {
                    lowest[node] = Math.Min(lowest[node], known);
                }
            }

            if (lowest[node] != number[node])
                return;
            var component = new List<string>();
            do
            {
                component.Add(stack.Pop());
                onStack.Remove(component[^1]);
            }
            while (component[^1] != node);
            components.Add([.. component]);
        }
    }

    private IEnumerable<(string Name, string Home)> UsesOf(string file) =>
        _names[file].Where(_homes.ContainsKey).Order(StringComparer.Ordinal).Select(name => (name, _homes[name]));

    /// <summary>
    /// The file of a type that several files declare is the one that has its name; without one the name says nothing, and there is no home.
    /// </summary>
    private static string? HomeOf(string type, string[] files)
    {
        if (files.Select(UnitOf).Distinct().Count() == 1)
            return files[0];
        string[] named = [.. files.Where(file => Path.GetFileName(file) == $"{type}.cs")];
        return named.Length == 1 ? named[0] : null;
    }

    /// <summary>The path without ".cs" and without the part in "X.Part.cs".</summary>
    private static string UnitOf(string path)
    {
        int name = path.LastIndexOf('/') + 1;
        return path[..path.IndexOf('.', name)];
    }

    private static HashSet<string> NamesIn(string code, HashSet<string> namespaces)
    {
        var names = new HashSet<string>();
        foreach (Match match in Identifier().Matches(code))
        {
            // Of "Reporting.Ticks.Linear" the first name that is not a part of a namespace counts.
            string[] path = match.Value.Split('.');
            int first = Array.FindIndex(path, part => !namespaces.Contains(part));
            if (first >= 0 && (first > 0 || (!IsDeclaredName(code, match.Index) && !IsAssigned(code, match.Index + match.Length))))
                names.Add(path[first]);
            else if (first < 0)
                names.UnionWith(path);
        }

        return names;
    }

    /// <summary>Whether a type and spaces precede the name on its line, as in <c>double Name</c> or <c>List&lt;T&gt; Name</c>.</summary>
    private static bool IsDeclaredName(string code, int index)
    {
        int end = index;
        while (end > 0 && code[end - 1] == ' ')
            end--;
        if (end == index || end == 0)
            return false;
        char last = code[end - 1];
        if (last is '?' or '>')
            return end > 1 && code[end - 2] is not (' ' or '=' or '-');
        if (last is ']' or ')')
            return true;
        if (!char.IsLetterOrDigit(last) && last != '_')
            return false;
        int start = end;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_'))
            start--;
        return !_keywordsBeforeATypeName.Contains(code[start..end]);
    }

    /// <summary>Whether "=" or ":" follows, as in an object initializer or at a named argument.</summary>
    private static bool IsAssigned(string code, int end) => Assignment().IsMatch(code.AsSpan(end));

    private string Code(string path) =>
        SourceText.Only(File.ReadAllText(Path.Combine(_root, path)).ReplaceLineEndings("\n"), SourceKind.Code);

    private const string Modifiers = "(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*";
    private const string Kinds = @"(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?\[\], ]+?)";

    [GeneratedRegex($@"^{Modifiers}{Kinds} ([A-Z]\w*)", RegexOptions.Multiline)] // at the beginning of a line: not nested
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)*")] // not after a dot: a member may have the name of a type
    private static partial Regex Identifier();

    [GeneratedRegex(@"\A(?:\s*=(?![=>])|:(?!:))")]
    private static partial Regex Assignment();
}
