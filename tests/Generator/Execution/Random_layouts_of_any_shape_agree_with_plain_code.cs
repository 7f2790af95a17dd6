using System.Buffers.Binary;
using System.Text;
using QContinuum.Generator.Tests.Support;
using static System.FormattableString;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>
/// Layouts of every kind of member at random, generated and compiled, against an oracle that is nothing but <see cref="BinaryPrimitives"/>: the same
/// bytes, the same values, and the same bodies refused. Bodies lie between random bytes of others, and the project checks its arithmetic for overflow.
/// </summary>
public sealed class Random_layouts_of_any_shape_agree_with_plain_code
{
    private const int Messages = 25;
    private const int ValuesPerMessage = 10;
    private const int MutationsPerValue = 20;
    private const int MaxItems = 7;
    private const int Margin = 32;

    private enum Form
    {
        Positional,
        Properties,
        Fields,
        View,
        OtherView,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4000)]
    public void They_do(int seed)
    {
        var random = new Random(seed);
        var types = new RandomTypes();
        Layout[] layouts = [.. Enumerable.Range(1, Messages).Select(id => new Layout(random, types, id))];
        Type harness = UserProject.Generate(UserProject.Compile(Source(layouts, types)).CheckOverflow()).Load("Harness");

        foreach (Layout layout in layouts)
        {
            var write = harness.GetMethod(Invariant($"Write{layout.Id}"))!.CreateDelegate<Func<object[], byte[]>>();
            var read = harness.GetMethod(Invariant($"Read{layout.Id}"))!.CreateDelegate<Func<ReadOnlyMemory<byte>, object[]?>>();
            for (int i = 0; i < ValuesPerMessage; i++)
            {
                Check(layout, random, write, read);
            }
        }
    }

    private static void Check(Layout layout, Random random, Func<object[], byte[]> write, Func<ReadOnlyMemory<byte>, object[]?> read)
    {
        object[] values = [.. layout.Items.SelectMany(item => item.Values(random))];
        (byte[] body, HashSet<int> ends) = layout.Write(values);

        Assert.Equal([.. BitConverter.GetBytes(body.Length), .. BitConverter.GetBytes(layout.Id), .. body], write(values));
        Assert.Equal(values, read(Among(body, random)));
        for (int length = 0; length < body.Length; length++)
        {
            Assert.True(ends.Contains(length) == read(Among(body[..length], random)) is not null, Invariant($"{length} of {body.Length} bytes: {layout.Declaration}"));
        }

        if (!layout.HasTail)
        {
            Assert.Equal(layout.IsExtensible, read(Among([.. body, 0xFF], random)) is not null);
        }

        for (int i = 0; i < MutationsPerValue && body.Length > 0; i++)
        {
            byte[] other = [.. body];
            other[random.Next(other.Length)] = (byte)random.Next(256);
            Assert.Equal(read(Among(other, random)), read(Among(other, random))); // Whatever it is: nothing around it matters, and nothing throws.
        }
    }

    private static ReadOnlyMemory<byte> Among(byte[] bytes, Random random)
    {
        byte[] all = new byte[bytes.Length + (2 * Margin)];
        random.NextBytes(all);
        bytes.CopyTo(all, Margin);
        return all.AsMemory(Margin, bytes.Length);
    }

    private static string Source(Layout[] layouts, RandomTypes types)
    {
        var source = new StringBuilder("""
            #nullable enable
            #pragma warning disable CS0649
            using System;
            using System.Buffers;
            using System.Linq;
            using System.Runtime.CompilerServices;
            using QContinuum;

            public enum E1 : sbyte { } public enum E2 : ushort { } public enum E4 { } public enum E8 : ulong { }
            public enum V : short { A = -300, B = -1, C, D, E, F = 7 }
            [Flags] public enum F : byte { A = 1, B = 2, C = 0x80 }

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

                private static bool Same(object left, object right)
                    => left is object[] one && right is object[] other ? one.Length == other.Length && one.Zip(other).All(static pair => Same(pair.First, pair.Second)) : left.Equals(right);


            """);
        foreach (Layout layout in layouts)
        {
            source.AppendLine(layout.Methods);
        }

        source.AppendLine(types.Helpers).AppendLine("}").AppendLine(types.Declarations);
        foreach (Layout layout in layouts)
        {
            source.AppendLine(layout.Declaration);
        }

        return source.ToString();
    }

    private sealed class Layout
    {
        private readonly Form _form;
        private readonly bool _isBigEndian;
        private readonly int _firstOmittable;
        private readonly RandomItem.Member[] _members;

        public Layout(Random random, RandomTypes types, int id)
        {
            Id = id;
            _form = (Form)(id % 5);
            _isBigEndian = random.Next(2) == 0;
            IsExtensible = random.Next(4) == 0;
            List<RandomItem> items = RandomTypes.Items(random.Next(1, MaxItems), () => IsView && random.Next(2) == 0 ? RandomItem.Part(random) : RandomItem.Fixed(random, types, 0));
            _firstOmittable = items.Count;
            for (int left = random.Next(3); left > 0 && _firstOmittable > 0 && items[_firstOmittable - 1].CanBeOmitted; left--)
            {
                _firstOmittable--;
            }

            if (IsView && random.Next(2) == 0)
            {
                items.Add(RandomItem.Tail(random));
            }

            Items = [.. items];
            _members =
            [
                .. Items.SelectMany((item, index) => item.Members(Invariant($"F{index}")).Select(
                    member => index >= _firstOmittable && item.TailUnit == 0 ? member with { Attributes = member.Attributes + "[Omittable] " } : member)),
            ];
        }

        public int Id { get; }

        public RandomItem[] Items { get; }

        public bool IsExtensible { get; }

        public bool HasTail => Items.Any(static item => item.TailUnit > 0);

        public string Declaration
        {
            get
            {
                string arguments = Invariant($"{Id}{(IsExtensible ? ", Extensible = true" : "")}");
                string fields = string.Concat(_members.Select(static member => $"{member.Attributes}public readonly {member.Type} {member.Name}; "));
                string properties = string.Concat(_members.Select(static member => $"{member.Attributes}public {member.Type} {member.Name} {{ get; init; }} "));
                string positional = string.Join(", ", _members.Select(static member => $"{member.Attributes}{member.Type} {member.Name}"));
                return $"{(_isBigEndian ? "[BigEndian] " : "")}[Message({arguments})] public " + _form switch
                {
                    Form.Positional => Invariant($"readonly partial record struct M{Id}({positional});"),
                    Form.Properties => Invariant($"partial struct M{Id} {{ {properties} }}"),
                    Form.Fields => Invariant($"partial struct M{Id} {{ {fields} }}"),
                    _ => Invariant($"readonly ref partial struct M{Id} {{ {fields} }}"),
                };
            }
        }

        public string Methods
        {
            get
            {
                string make = _members.Any(static member => member.IsChosen) ? Invariant($"new M{Id}({RandomTypes.Arguments(_members, "values")})") : Invariant($"default(M{Id})");
                bool hasReader = !Items.Any(static item => item.IsPart);
                string byReader = !hasReader ? "" : Invariant($$"""
                            M{{Id}}.Reader reader;
                            try { reader = new M{{Id}}.Reader(body.Span); } catch (ArgumentException) { if (isRead) { throw new InvalidOperationException("reader refuses"); } return null; }
                            if (!isRead) { throw new InvalidOperationException("reader accepts"); }
                            if (!Same(values, {{RandomTypes.Values(_members, "reader")}})) { throw new InvalidOperationException("reader differs"); }
                            message = reader.ToMessage();
                            if (!Same(values, {{RandomTypes.Values(_members, "message")}})) { throw new InvalidOperationException("reader's message differs"); }
                    """);
                return Invariant($$"""
                        public static byte[] Write{{Id}}(object[] values) => Frame({{make}});

                        public static object[]? Read{{Id}}(ReadOnlyMemory<byte> body)
                        {
                            bool isRead = MessageCodec.TryRead(body.Span, out M{{Id}} message);
                            object[] values = {{RandomTypes.Values(_members, "message")}};
                    {{byReader}}
                            return isRead ? values : null;
                        }
                    """);
            }
        }

        private bool IsView => _form >= Form.View;

        /// <summary>The body by plain code, and the lengths at which it may end sooner.</summary>
        public (byte[] Body, HashSet<int> Ends) Write(object[] values)
        {
            var body = new List<byte>();
            var ends = new HashSet<int>();
            int at = 0;
            for (int index = 0; index < Items.Length; index++)
            {
                RandomItem item = Items[index];
                int count = item.Members("").Length;
                byte[] bytes = item.Write(values[at..(at + count)], _isBigEndian);
                if (index >= _firstOmittable)
                {
                    ends.Add(body.Count);
                }

                for (int length = 0; item.TailUnit > 0 && length < bytes.Length; length += item.TailUnit)
                {
                    ends.Add(body.Count + length);
                }

                body.AddRange(bytes);
                at += count;
            }

            return ([.. body], ends);
        }
    }
}
