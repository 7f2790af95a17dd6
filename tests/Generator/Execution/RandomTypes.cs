using System.Text;
using static System.FormattableString;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>The wire structs and inline arrays that random layouts are made of: their declarations, and what makes them of values and takes values of them.</summary>
internal sealed class RandomTypes
{
    private const int MaxItems = 4;

    private readonly StringBuilder _declarations = new();
    private readonly StringBuilder _helpers = new();
    private int _count;

    /// <summary>A type by its name, and how it is made of a value {0} and taken apart into one.</summary>
    public record Named(string Name)
    {
        public string Make => $"Make{Name}({{0}})";

        public string Take => $"(object)Take{Name}({{0}})";
    }

    public string Declarations => _declarations.ToString();

    public string Helpers => _helpers.ToString();

    /// <summary>Random items, of which no two neighbours are runs of bits: those would be one.</summary>
    public static List<RandomItem> Items(int count, Func<RandomItem> next)
    {
        var items = new List<RandomItem>();
        while (items.Count < count)
        {
            RandomItem item = next();
            if (items.Count == 0 || !item.IsBits || !items[^1].IsBits)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>The members of items, named by their place.</summary>
    public static RandomItem.Member[] Members(IEnumerable<RandomItem> items) => [.. items.SelectMany(static (item, index) => item.Members(Invariant($"F{index}")))];

    /// <summary>The arguments of the constructor that the sender calls.</summary>
    public static string Arguments(RandomItem.Member[] members, string values)
        => string.Join(", ", members.Select((member, index) => (member, index)).Where(static one => one.member.IsChosen).Select(one => Format(one.member.Make, Invariant($"{values}[{one.index}]"))));

    /// <summary>All members as values.</summary>
    public static string Values(RandomItem.Member[] members, string from)
        => $"new object[] {{ {string.Join(", ", members.Select(member => Format(member.Take, $"{from}.{member.Name}")))} }}";

    public static string Format(string format, string value) => format.Replace("{0}", value, StringComparison.Ordinal);

    public Struct AddStruct(Random random, int depth)
    {
        RandomItem[] items = [.. Items(random.Next(1, MaxItems + 1), () => RandomItem.Fixed(random, this, depth + 1))];
        bool? order = random.Next(4) switch { 0 => true, 1 => false, _ => null };
        var type = new Struct(Invariant($"S{_count++}"), items, order);
        RandomItem.Member[] members = Members(items);
        string attribute = order switch { true => "[BigEndian] ", false => "[LittleEndian] ", null => "" };
        string body = random.Next(3) switch
        {
            0 => $"partial record struct {type.Name}({string.Join(", ", members.Select(static member => $"{member.Attributes}{member.Type} {member.Name}"))});",
            1 => $"partial struct {type.Name} {{ {string.Concat(members.Select(static member => $"{member.Attributes}public {member.Type} {member.Name}; "))}}}",
            _ => $"readonly partial struct {type.Name} {{ {string.Concat(members.Select(static member => $"{member.Attributes}public {member.Type} {member.Name} {{ get; init; }} "))}}}",
        };
        _declarations.Append(attribute).Append("[WireStruct] public ").AppendLine(body);
        string make = members.Any(static member => member.IsChosen) ? $"new {type.Name}({Arguments(members, "((object[])value)")})" : $"default({type.Name})";
        _helpers.AppendLine($"private static {type.Name} Make{type.Name}(object value) => {make};");
        _helpers.AppendLine($"private static object[] Take{type.Name}({type.Name} value) => {Values(members, "value")};");
        return type;
    }

    public Named AddArray(string element, int count, string make, string take)
    {
        var type = new Named(Invariant($"A{_count++}"));
        _declarations.AppendLine(Invariant($"[InlineArray({count})] public struct {type.Name} {{ private {element} _first; }}"));
        _helpers.AppendLine($"private static {type.Name} Make{type.Name}(object value) {{ {type.Name} array = default; for (int i = 0; i < ((object[])value).Length; i++) {{ array[i] = {Format(make, "((object[])value)[i]")}; }} return array; }}");
        _helpers.AppendLine(Invariant($"private static object[] Take{type.Name}({type.Name} value) {{ object[] values = new object[{count}]; for (int i = 0; i < {count}; i++) {{ values[i] = {Format(take, "value[i]")}; }} return values; }}"));
        return type;
    }

    /// <summary>A wire struct, and by plain code what it is on the wire.</summary>
    public sealed record Struct(string Name, RandomItem[] Items, bool? IsBigEndian) : Named(Name)
    {
        public object[] Value(Random random) => [.. Items.SelectMany(item => item.Values(random))];

        public byte[] Write(object[] values, bool isBigEndian)
        {
            var bytes = new List<byte>();
            int at = 0;
            foreach (RandomItem item in Items)
            {
                int count = item.Members("").Length;
                bytes.AddRange(item.Write(values[at..(at + count)], IsBigEndian ?? isBigEndian));
                at += count;
            }

            return [.. bytes];
        }
    }
}
