using System.Buffers.Binary;
using System.Text;
using QContinuum.Generator.Tests.Support;
using static System.FormattableString;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>Layouts at random, generated and compiled, against an oracle that is nothing but <see cref="BinaryPrimitives"/>.</summary>
public sealed class Random_layouts_agree_with_plain_code
{
    private const int Messages = 40;
    private const int ValuesPerMessage = 20;
    private const int MaxMembers = 12;
    private const int MaxTail = 9;
    private const int HeaderSize = 8;
    private const int FirstId = -20;

    // An enum, and the number that stands for it in a box.
    private static readonly Dictionary<string, string> Enums = new() { ["E1"] = "sbyte", ["E2"] = "ushort", ["E4"] = "int", ["E8"] = "ulong" };

    private static readonly string[] Types =
        ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "bool", .. Enums.Keys];

    private enum Form
    {
        Positional,
        Properties,
        View,
        ViewWithTail,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4000)]
    public void They_do(int seed)
    {
        var random = new Random(seed);
        string[][] layouts = [.. Enumerable.Range(0, Messages).Select(_ => random.GetItems(Types, random.Next(MaxMembers + 1)))];
        Type harness = UserProject.Generate(Source(layouts)).Load("Harness");

        for (int number = 0; number < Messages; number++)
        {
            var write = harness.GetMethod(Invariant($"Write{number}"))!.CreateDelegate<Func<object[], byte[], byte[]>>();
            var read = harness.GetMethod(Invariant($"Read{number}"))!.CreateDelegate<Func<byte[], object[]?>>();
            for (int i = 0; i < ValuesPerMessage; i++)
            {
                byte[] tail = new byte[FormOf(number) == Form.ViewWithTail ? random.Next(MaxTail + 1) : 0];
                random.NextBytes(tail);
                object[] values = [.. layouts[number].Select(type => Value(type, random))];
                byte[] frame = Frame(FirstId + number, values, tail);
                byte[] body = frame[HeaderSize..];

                Assert.Equal(frame, write(values, tail));
                Assert.Equal([.. values, .. FormOf(number) == Form.ViewWithTail ? [Convert.ToHexString(tail)] : Array.Empty<object>()], read(body));
                Assert.Equal(FormOf(number) == Form.ViewWithTail, read([.. body, 0]) is not null);
                if (body.Length > tail.Length)
                {
                    Assert.Null(read(body[..(body.Length - tail.Length - 1)]));
                }
            }
        }
    }

    private static Form FormOf(int number) => (Form)(number % 4);

    private static object Value(string type, Random random)
    {
        byte[] bits = new byte[8];
        random.NextBytes(bits);
        return Enums.GetValueOrDefault(type, type) switch
        {
            "sbyte" => (sbyte)bits[0],
            "byte" => bits[0],
            "bool" => bits[0] > 127,
            "short" => BinaryPrimitives.ReadInt16LittleEndian(bits),
            "ushort" => BinaryPrimitives.ReadUInt16LittleEndian(bits),
            "int" => BinaryPrimitives.ReadInt32LittleEndian(bits),
            "uint" => BinaryPrimitives.ReadUInt32LittleEndian(bits),
            "long" => BinaryPrimitives.ReadInt64LittleEndian(bits),
            "ulong" => BinaryPrimitives.ReadUInt64LittleEndian(bits),
            "float" => BinaryPrimitives.ReadSingleLittleEndian(bits),
            "double" => (object)BinaryPrimitives.ReadDoubleLittleEndian(bits),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
    }

    private static byte[] Frame(int id, object[] values, byte[] tail)
    {
        byte[] frame = [.. new byte[HeaderSize], .. values.SelectMany(Bytes), .. tail];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderSize);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), id);
        return frame;
    }

    private static byte[] Bytes(object value)
    {
        byte[] bytes = new byte[8];
        int size = 8;
        switch (value)
        {
            case sbyte number: (bytes[0], size) = ((byte)number, 1); break;
            case byte number: (bytes[0], size) = (number, 1); break;
            case bool flag: (bytes[0], size) = (flag ? (byte)1 : (byte)0, 1); break;
            case short number: BinaryPrimitives.WriteInt16LittleEndian(bytes, number); size = 2; break;
            case ushort number: BinaryPrimitives.WriteUInt16LittleEndian(bytes, number); size = 2; break;
            case int number: BinaryPrimitives.WriteInt32LittleEndian(bytes, number); size = 4; break;
            case uint number: BinaryPrimitives.WriteUInt32LittleEndian(bytes, number); size = 4; break;
            case float number: BinaryPrimitives.WriteSingleLittleEndian(bytes, number); size = 4; break;
            case long number: BinaryPrimitives.WriteInt64LittleEndian(bytes, number); break;
            case ulong number: BinaryPrimitives.WriteUInt64LittleEndian(bytes, number); break;
            case double number: BinaryPrimitives.WriteDoubleLittleEndian(bytes, number); break;
            default: throw new ArgumentOutOfRangeException(nameof(value), value, null);
        }

        return bytes[..size];
    }

    private static string Source(string[][] layouts)
    {
        var source = new StringBuilder("""
            #nullable enable
            #pragma warning disable CS0649
            using System;
            using System.Buffers;
            using System.Linq;
            using QContinuum;

            public enum E1 : sbyte { } public enum E2 : ushort { } public enum E4 { } public enum E8 : ulong { }

            public static class Harness
            {
                private static byte[] Frame<T>(scoped in T message) where T : IMessage<T>, allows ref struct
                {
                    byte[] frame = new byte[T.SizeOf(in message)];
                    T.WriteFrame(in message, frame, 0);
                    var body = new ArrayBufferWriter<byte>();
                    MessageCodec.WriteBody(in message, body);
                    return body.WrittenSpan.SequenceEqual(frame.AsSpan(8)) ? frame : throw new InvalidOperationException("frame and body differ");
                }

            """);
        for (int number = 0; number < layouts.Length; number++)
        {
            source.AppendLine(Methods(number, layouts[number]));
        }

        source.AppendLine("}");
        for (int number = 0; number < layouts.Length; number++)
        {
            source.AppendLine(Declaration(number, layouts[number]));
        }

        return source.ToString();
    }

    private static string Declaration(int number, string[] layout)
    {
        string[] members = [.. layout.Select(static (type, i) => Invariant($"{type} F{i}"))];
        string fields = string.Concat(members.Select(static member => $"public readonly {member}; "));
        string properties = string.Concat(members.Select(static member => $"public {member} {{ get; init; }} "));
        return Invariant($"[Message({FirstId + number})] public ") + FormOf(number) switch
        {
            Form.Positional => Invariant($"readonly partial record struct M{number}({string.Join(", ", members)});"),
            Form.Properties => Invariant($"partial struct M{number} {{ {properties} }}"),
            Form.View => Invariant($"readonly ref partial struct M{number} {{ {fields} }}"),
            _ => Invariant($"readonly ref partial struct M{number} {{ {fields} [Tail] public readonly ReadOnlySpan<byte> Tail; }}"),
        };
    }

    private static string Methods(int number, string[] layout)
    {
        bool hasTail = FormOf(number) == Form.ViewWithTail;
        IEnumerable<string> arguments = layout.Select(static (type, i) => Invariant($"({type})({Enums.GetValueOrDefault(type, type)})values[{i}]"));
        string Values(string from) => string.Join(", ", layout.Select((type, i) => Invariant($"({Enums.GetValueOrDefault(type, type)}){from}.F{i}")));
        string byReader = hasTail ? "" : Invariant($$"""
                    var reader = new M{{number}}.Reader(body);
                    if (!values.SequenceEqual(new object[] { {{Values("reader")}} })) { throw new InvalidOperationException("reader differs"); }
                    message = reader.ToMessage();
                    if (!values.SequenceEqual(new object[] { {{Values("message")}} })) { throw new InvalidOperationException("reader's message differs"); }
            """);
        return Invariant($$"""
                public static byte[] Write{{number}}(object[] values, byte[] tail) => Frame(new M{{number}}({{string.Join(", ", hasTail ? arguments.Append("tail") : arguments)}}));

                public static object[]? Read{{number}}(byte[] body)
                {
                    if (!MessageCodec.TryRead(body.AsSpan(), out M{{number}} message)) { return null; }
                    object[] values = new object[] { {{Values("message")}} };
            {{byReader}}
                    return {{(hasTail ? "values.Append(Convert.ToHexString(message.Tail)).ToArray()" : "values")}};
                }
            """);
    }
}
