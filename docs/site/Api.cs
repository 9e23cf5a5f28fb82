using System.Reflection;
using System.Text.RegularExpressions;

namespace GradientDescent.Site;

/// <summary>
/// The public types of the packages, grouped by the room in which their source lies. The groups of rooms are in <c>rooms.txt</c>, what is
/// in a room is said by the table in <c>docs/design.md</c>.
/// </summary>
internal sealed partial class Api
{
    private const string Core = "GradientDescent";
    private readonly string[] _assemblies;
    private readonly ILookup<string, Type> _typesOfRoom;
    private readonly Dictionary<string, string> _textOfRoom;

    private Api(string[] assemblies, ILookup<string, Type> typesOfRoom, Dictionary<string, string> textOfRoom)
    {
        (_assemblies, _typesOfRoom, _textOfRoom) = (assemblies, typesOfRoom, textOfRoom);
        Types = typesOfRoom.SelectMany(room => room).Where(type => !type.IsNested).GroupBy(NameOf)
            .ToDictionary(group => group.Key, group => group.OrderBy(type => type.GetGenericArguments().Length).First());
    }

    /// <summary>The types that pages may name, by their name without arity; of several with one name, that of the lowest arity.</summary>
    public IReadOnlyDictionary<string, Type> Types { get; }

    public static Api Read(string root)
    {
        string[] packages = [.. Directory.GetDirectories(Path.Combine(root, "src")).Select(folder => Path.GetFileName(folder))
            .Where(name => File.Exists(Path.Combine(AppContext.BaseDirectory, $"{name}.xml"))).Order(StringComparer.Ordinal)];
        string[] assemblies = [.. packages.Select(name => Path.Combine(AppContext.BaseDirectory, $"{name}.dll"))];
        ILookup<string, (string Room, string File)> rooms = packages
            .SelectMany(package => Declarations(Path.Combine(root, "src", package), package))
            .ToLookup(place => place.Type, place => (place.Room, place.File));
        IEnumerable<(string Room, Type Type)> placed = assemblies.SelectMany(assembly => Assembly.LoadFrom(assembly).GetExportedTypes())
            .Select(type => (RoomOf(type), type));
        return new Api(assemblies, placed.ToLookup(pair => pair.Room, pair => pair.Type), TextOfRooms(root, packages));

        // Of a type in several files, the file with its name decides.
        string RoomOf(Type type)
        {
            Type outer = type;
            while (outer.DeclaringType is { } declaring)
                outer = declaring;
            (string Room, string File)[] files = [.. rooms[$"{type.Assembly.GetName().Name}:{NameOf(outer)}"]];
            return files.Length == 0 ? throw new SiteException($"The source of {type} was not found.")
                : files.OrderBy(place => place.File == NameOf(outer) ? 0 : 1).First().Room;
        }
    }

    /// <summary>Writes the assemblies and comments for docfx, the table of contents of all types, and the page that lists them.</summary>
    public void Write(string settings, string work)
    {
        string folder = Directory.CreateDirectory(Path.Combine(work, "assemblies")).FullName;
        // With the packages that they use: their types are in public signatures.
        foreach (string assembly in Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
            File.Copy(assembly, Path.Combine(folder, Path.GetFileName(assembly)));
        var comments = Comments.Convert(_assemblies, folder);

        List<string> page = ["# API", "",
            "All public types by what they are for. Those of the library are in the namespace `GradientDescent`; each type of another",
            "package names its own."];
        List<string> toc = ["- name: All types", "  href: index.md"];
        var listed = new HashSet<string>();
        foreach (string line in File.ReadAllLines(Path.Combine(settings, "rooms.txt")))
        {
            string[] parts = line.Split(": ", 2);
            page.AddRange(["", $"## {parts[0]}"]);
            toc.AddRange([$"- name: {parts[0]}", "  items:"]);
            foreach (string room in parts[1].Split(", "))
            {
                if (!listed.Add(room) || !_typesOfRoom.Contains(room))
                    throw new SiteException($"rooms.txt names {room}, which has no public types or was named before.");
                page.AddRange(["", $"### {Title(room)}", "", Sentence(_textOfRoom[room]), "", "| type | |", "|---|---|"]);
                toc.AddRange([$"  - name: {Title(room)}", "    items:"]);
                foreach (Type type in _typesOfRoom[room].OrderBy(DisplayName, StringComparer.OrdinalIgnoreCase))
                {
                    string name = DisplayName(type), uid = UidOf(type);
                    page.Add($"| [{Escaped(name)}](xref:{Link(uid)}) | {Escaped(comments.FirstSentence($"T:{uid}"))} |");
                    toc.AddRange([$"    - name: {name}", $"      uid: {uid}"]);
                }
            }
        }

        string[] missing = [.. _typesOfRoom.Select(room => room.Key).Except(listed)];
        if (missing.Length > 0)
            throw new SiteException($"rooms.txt does not name {string.Join(", ", missing)}.");
        toc.AddRange(["- name: Namespaces", "  items:"]);
        foreach (string name in _typesOfRoom.SelectMany(room => room).Select(type => type.Namespace!).Distinct().Order())
            toc.AddRange([$"  - name: {name}", $"    uid: {name}"]);
        Folders.WriteText(Path.Combine(work, "api", "index.md"), string.Join('\n', page) + "\n");
        Folders.WriteText(Path.Combine(work, "api", "toc.yml"), string.Join('\n', toc) + "\n");
    }

    /// <summary>The name by which docfx knows a type.</summary>
    public static string UidOf(Type type) => type.FullName!.Replace('+', '.');

    /// <summary>
    /// The name by which docfx knows what a name in code stands for: a type, or a member with its type in front; <see langword="null"/> if
    /// it is neither. A method stands for all its overloads. Type arguments and arguments are not read.
    /// </summary>
    public string? UidOf(string code)
    {
        string[] names = code.Split('(')[0].Split('<')[0].Split('.');
        if (names.Length > 2 || (names.Length == 1 && code.Contains('(')) || !Types.TryGetValue(names[0], out Type? type))
            return null;
        if (names.Length == 1)
            return UidOf(type);
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        for (Type? declaring = type; declaring is { IsConstructedGenericType: false }; declaring = declaring.BaseType)
        {
            if (!Types.Values.Contains(declaring))
                return null;
            if (declaring.GetMember(names[1], Declared) is [MemberInfo member, ..])
                return member is Type ? null : $"{UidOf(declaring)}.{names[1]}{(member is MethodInfo ? "*" : "")}";
        }

        return null;
    }

    /// <summary>A name as it stands in a link: Markdown takes a grave accent for code.</summary>
    public static string Link(string uid) =>
        uid.Replace("`", "%60", StringComparison.Ordinal).Replace("*", "%2A", StringComparison.Ordinal);

    private static string NameOf(Type type) => type.Name.Split('`')[0];

    private static string DisplayName(Type type)
    {
        string name = NameOf(type);
        Type[] arguments = type.GetGenericArguments();
        if (type.DeclaringType is { } outer)
            return $"{NameOf(outer)}.{name}";
        return arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select(argument => argument.Name))}>";
    }

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    // "UpdateRules" is shown as "Update rules"; the name of a package stays.
    private static string Title(string room)
    {
        string words = InnerCapital().Replace(room, " $0");
        return room == Core ? "General" : room.StartsWith(Core, StringComparison.Ordinal) ? room : words[0] + words[1..].ToLowerInvariant();
    }

    private static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";

    private static IEnumerable<(string Type, string Room, string File)> Declarations(string folder, string package) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(file => !file.Path.StartsWith("obj/", StringComparison.Ordinal)
                && !file.Path.StartsWith("bin/", StringComparison.Ordinal))
            .SelectMany(file => Declaration().Matches(file.Text).Select(match => (
                $"{package}:{match.Groups["name"].Value}",
                package == Core && file.Path.Contains('/') ? file.Path.Split('/')[0] : package,
                Path.GetFileNameWithoutExtension(file.Path))));

    private static Dictionary<string, string> TextOfRooms(string root, string[] packages)
    {
        var texts = RowOfARoom().Matches(File.ReadAllText(Path.Combine(root, "docs", "design.md")))
            .ToDictionary(
                row => row.Groups["room"].Value, row => row.Groups["text"].Value.Replace("; internal", "", StringComparison.Ordinal));
        foreach (string package in packages)
            texts[package] = package == Core ? "what stands next to the rooms" : $"the package `{package}`";
        return texts;
    }

    [GeneratedRegex(@"^public (?:[a-z]+ )*(?:class|record struct|record|struct|interface|enum|delegate [\w<>\[\]?., ]+?) (?<name>\w+)\b",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\| `(?<room>\w+)` \|[^|]*\| (?<text>[^|]*?) \|$", RegexOptions.Multiline)]
    private static partial Regex RowOfARoom();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex InnerCapital();
}
