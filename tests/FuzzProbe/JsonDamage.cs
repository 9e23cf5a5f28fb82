using System.Text.Json.Nodes;

namespace GradientDescent.Tests.Fuzzing;

/// <summary>
/// Damages that leave a file valid JSON: other values and types, lost, repeated and foreign members, nesting, long arrays.
/// </summary>
internal static class JsonDamage
{
    private static readonly double[] _numbers =
        [0, -0.0, 1, -1, 0.5, 2, 1e308, -1e308, double.MaxValue, double.Epsilon, 1e-300, 9e18, -9e18, 4294967296, 1e16];

    private static readonly long[] _counts = [int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 52, 1000, 7];

    private static readonly string[] _strings =
    [
        "", "\0", "NaN", "Infinity", "1", "a", "A", "x1", "a=b", "\n", " ", "\u00a0", "é", "e\u0301", "\ud83d\ude00", "\u202e", "\ufeff",
        "LinearRegression", "SoftmaxRegression", "None", "Standardize", "string", "int", "last\ninner", new('n', 3000),
    ];

    /// <summary>One to three damages.</summary>
    /// <param name="root">The file, which is changed.</param>
    /// <param name="other">A file that parts may come from.</param>
    /// <param name="random">Selects the damages.</param>
    public static JsonNode Done(JsonNode root, JsonNode other, Random random)
    {
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            Place[] places = [.. Places(root)];
            if (places.Length == 0)
                return root;
            Place place = places[random.Next(places.Length)];
            switch (random.Next(7))
            {
                case 0 or 1:
                    place.Set(Value(random));
                    break;
                case 2:
                    place.Remove();
                    break;
                case 3:
                    Place[] others = [.. Places(other)];
                    place.Set(others[random.Next(others.Length)].Value?.DeepClone());
                    break;
                case 4:
                    place.Add(place.Value, random.Next(8) == 0 ? 200 : 1);
                    break;
                case 5:
                    JsonNode? inner = place.Value?.DeepClone();
                    for (int depth = random.Next(8) == 0 ? 100 : 1; depth > 0; depth--)
                        inner = random.Next(2) == 0 ? new JsonArray(inner) : new JsonObject { ["a"] = inner };
                    place.Set(inner);
                    break;
                default:
                    place.Rename(_strings[random.Next(_strings.Length)]);
                    break;
            }
        }

        return root;
    }

    private static JsonNode? Value(Random random) => random.Next(8) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => new JsonArray(),
        3 => new JsonObject(),
        4 => JsonValue.Create(_counts[random.Next(_counts.Length)]),
        5 => JsonValue.Create(_strings[random.Next(_strings.Length)]),
        _ => JsonValue.Create(_numbers[random.Next(_numbers.Length)]),
    };

    private static IEnumerable<Place> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.ToArray().SelectMany(
            member => Places(member.Value).Prepend(new Place(members, member.Key, 0))),
        JsonArray entries => entries.ToArray().SelectMany((entry, i) => Places(entry).Prepend(new Place(entries, "", i))),
        _ => [],
    };

    /// <summary>A member of an object or an entry of an array.</summary>
    private readonly record struct Place(JsonNode Parent, string Name, int Index)
    {
        public JsonNode? Value => Parent is JsonObject members ? members[Name] : Parent[Index];

        public void Set(JsonNode? value)
        {
            if (Parent is JsonObject members)
                members[Name] = value;
            else
                Parent[Index] = value;
        }

        public void Remove()
        {
            if (Parent is JsonObject members)
                members.Remove(Name);
            else
                Parent.AsArray().RemoveAt(Index);
        }

        public void Add(JsonNode? value, int times)
        {
            for (int i = 0; i < times; i++)
            {
                if (Parent is JsonObject members)
                    members[$"{Name}{i}"] = value?.DeepClone();
                else
                    Parent.AsArray().Insert(Index, value?.DeepClone());
            }
        }

        public void Rename(string name)
        {
            JsonNode? value = Value?.DeepClone();
            if (Parent is not JsonObject members)
                return;
            members.Remove(Name);
            members[name] = value;
        }
    }
}
