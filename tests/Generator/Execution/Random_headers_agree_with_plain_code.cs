using System.Buffers.Binary;
using System.Text;
using QContinuum.Generator.Tests.Support;
using static System.FormattableString;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>Headers at random, generated and compiled, against an oracle that is nothing but <see cref="BinaryPrimitives"/>.</summary>
public sealed class Random_headers_agree_with_plain_code
{
    private const int Headers = 40;
    private const int FramesPerHeader = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public void They_do(int seed)
    {
        var random = new Random(seed);
        Plan[] plans = [.. Enumerable.Range(0, Headers).Select(number => new Plan(number, random))];
        Type harness = UserProject.Generate(Source(plans)).Load("Harness");
        foreach (Plan plan in plans)
        {
            var write = harness.GetMethod(Invariant($"Write{plan.Number}"))!.CreateDelegate<Func<ulong[], byte[], byte[]>>();
            var read = harness.GetMethod(Invariant($"Read{plan.Number}"))!.CreateDelegate<Func<byte[], (string Status, int Length, int Body, ulong[] Values)>>();
            for (int i = 0; i < FramesPerHeader; i++)
            {
                byte[] body = new byte[plan.BodyOf(random)];
                random.NextBytes(body);
                ulong[] values = [.. plan.Fields.Select(field => field.IsFree ? unchecked((ulong)random.NextInt64()) & field.Mask : 0)];
                byte[] frame = plan.Frame(values, body);
                string context = Invariant($"seed {seed}, {plan.Declaration}");

                Assert.True(frame.SequenceEqual(write(values, body)), context);
                (string status, int length, int found, ulong[] fields) = read(frame);
                Assert.True(("Complete", frame.Length, body.Length) == (status, length, found), context + status);
                Assert.True(plan.Fields.Select((field, index) => !field.IsFree || field.IsTrailer || fields[index] == values[index]).All(static same => same), context);
                for (int cut = 0; cut < frame.Length; cut++)
                {
                    Assert.True(read(frame[..cut]).Status == "Incomplete", context);
                }

                foreach (int wrong in plan.Checked)
                {
                    byte[] changed = [.. frame];
                    changed[wrong < 0 ? frame.Length + wrong : wrong] ^= 1;
                    Assert.True(read(changed).Status is "BadHeader" or "BadChecksum", context);
                }
            }
        }
    }

    private static string Source(Plan[] plans)
    {
        var source = new StringBuilder("""
            using System;
            using System.Linq;
            using QContinuum;
            using QContinuum.Protocol;

            """);
        foreach (Plan plan in plans)
        {
            source.AppendLine(plan.Declaration);
        }

        source.AppendLine("public static class Harness { private static ulong Masked(ulong value, int bits) => bits == 64 ? value : value & ((1UL << bits) - 1);");
        foreach (Plan plan in plans)
        {
            source.AppendLine(Invariant($$"""
                public static byte[] Write{{plan.Number}}(ulong[] values, byte[] body)
                {
                    var header = default(H{{plan.Number}}) with { {{string.Join(", ", plan.Fields.Select((field, i) => (field, i)).Where(static pair => pair.field.IsFree).Select(static pair => Invariant($"F{pair.i} = {pair.field.FromBits($"values[{pair.i}]")}")))}} };
                    byte[] frame = new byte[Framing.SizeOf<H{{plan.Number}}>(body.Length)];
                    body.CopyTo(Framing.Begin(frame, in header, body.Length));
                    Framing.End<H{{plan.Number}}>(frame);
                    return frame;
                }

                public static (string, int, int, ulong[]) Read{{plan.Number}}(byte[] frame)
                {
                    FrameStatus status = Framing.TryReadFrame(frame, int.MaxValue, out H{{plan.Number}} header, out FrameExtent extent);
                    return (status.ToString(), extent.Length, extent.BodyLength, new ulong[] { {{string.Join(", ", plan.Fields.Select(static (field, i) => field.ToBits($"header.F{i}")))}} });
                }
                """));
        }

        return source.AppendLine("}").ToString();
    }

    /// <summary>A field: its type, its bytes or bits, and what it is for.</summary>
    private sealed record Field(string Type, int Bits, bool IsBit, bool IsBigEndian, bool IsFree, bool IsTrailer, ulong Constant, bool IsLength, string Attributes)
    {
        public ulong Mask => Bits == 64 ? ulong.MaxValue : (1UL << Bits) - 1;

        public string FromBits(string value) => Type switch
        {
            "UInt24" => $"(UInt24)(uint){value}",
            _ when Type[0] is 's' or 'i' or 'l' => Invariant($"unchecked(({Type})((long)({value} << {64 - Bits}) >> {64 - Bits}))"),
            _ => $"({Type}){value}",
        };

        public string ToBits(string value) => Type == "UInt24" ? $"(ulong)(uint){value}" : Invariant($"Masked(unchecked((ulong){value}), {Bits})");
    }

    /// <summary>A header at random, and how its frames look.</summary>
    private sealed class Plan
    {
        private static readonly (string Type, int Bits)[] s_types =
            [("byte", 8), ("sbyte", 8), ("ushort", 16), ("short", 16), ("UInt24", 24), ("uint", 32), ("int", 32), ("ulong", 64), ("long", 64)];

        private readonly bool _isMostSignificantFirst;
        private readonly int _scale;
        private readonly int _basis;
        private readonly int _adjust;
        private readonly int _size;
        private readonly bool _hasChecksum;

        public Plan(int number, Random random)
        {
            Number = number;
            bool isBigEndian = random.Next(2) == 0;
            int bitOrder = random.Next(3);
            _isMostSignificantFirst = bitOrder == 0 ? isBigEndian : bitOrder == 1;
            _scale = random.Next(3) == 0 ? random.Next(2, 5) : 1;
            _hasChecksum = random.Next(2) == 0;
            List<Field[]> groups = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Group(random, isBigEndian, isTrailer: false))];
            (string lengthType, int lengthBits) = random.GetItems(s_types.Where(static type => type.Bits >= 16).ToArray(), 1)[0];
            groups.Insert(random.Next(groups.Count + 1), [new Field(lengthType, lengthBits, false, isBigEndian, false, false, 0, true, "")]);
            _size = groups.Sum(static group => group.Sum(static field => field.Bits)) / 8;
            _basis = random.Next(2) == 0 ? _size : random.Next(_size + 1);
            _adjust = random.Next(3) == 0 ? random.Next(-3, 1) : 0;
            Field[] trailer = [.. Enumerable.Range(0, random.Next(3)).SelectMany(_ => Group(random, isBigEndian, isTrailer: true))];
            Field[] sum = _hasChecksum ? [new Field("ushort", 16, false, isBigEndian, false, true, 0, false, "[Trailer, Checksum(ChecksumAlgorithm.Sum)] ")] : [];
            Fields = [.. groups.SelectMany(static group => group), .. trailer, .. sum];
            string length = Invariant($"[Length(CountsFrom = {_basis}, Scale = {_scale}, Adjust = {_adjust})] ");
            string parameters = string.Join(", ", Fields.Select((field, i) => Invariant($"{(field.IsLength ? length : "")}{field.Attributes}{field.Type} F{i}")));
            string order = bitOrder == 0 ? "" : bitOrder == 1 ? ", BitOrder = BitOrder.MostSignificantFirst" : ", BitOrder = BitOrder.LeastSignificantFirst";
            Declaration = Invariant($"[Header(ByteOrder.{(isBigEndian ? "Big" : "Little")}Endian{order})] public readonly partial record struct H{Number}({parameters});");
        }

        public int Number { get; }

        public Field[] Fields { get; }

        public string Declaration { get; }

        /// <summary>Offsets of bytes that cannot be changed unnoticed; negative from the end.</summary>
        public IEnumerable<int> Checked => _hasChecksum ? [-1, -2] : [];

        /// <summary>A length of a body that the header can say.</summary>
        public int BodyOf(Random random)
        {
            // frame without trailer = basis + value × scale + adjust
            int value = random.Next(0, 12);
            while (_basis + (value * _scale) + _adjust < _size)
            {
                value++;
            }

            return _basis + (value * _scale) + _adjust - _size;
        }

        public byte[] Frame(ulong[] values, byte[] body)
        {
            byte[] head = Bytes(values, isTrailer: false, (ulong)((_size + body.Length - _basis - _adjust) / _scale));
            byte[] frame = [.. head, .. body, .. Bytes(values, isTrailer: true, 0)];
            if (_hasChecksum)
            {
                ushort sum = (ushort)frame[..^2].Sum(static one => one);
                Put(sum, 2, Fields[^1].IsBigEndian).CopyTo(frame, frame.Length - 2);
            }

            return frame;
        }

        private byte[] Bytes(ulong[] values, bool isTrailer, ulong length)
        {
            var bytes = new List<byte>();
            for (int index = 0; index < Fields.Length; index++)
            {
                Field field = Fields[index];
                if (field.IsTrailer != isTrailer)
                {
                    continue;
                }

                if (!field.IsBit)
                {
                    bytes.AddRange(Put(Value(index), field.Bits / 8, field.IsBigEndian));
                    continue;
                }

                UInt128 run = 0;
                int total = 0;
                for (; index < Fields.Length && Fields[index].IsBit && Fields[index].IsTrailer == isTrailer; index++)
                {
                    run = _isMostSignificantFirst ? (run << Fields[index].Bits) | Value(index) : run | ((UInt128)Value(index) << total);
                    total += Fields[index].Bits;
                }

                index--;
                bytes.AddRange(Put((ulong)run, total / 8, field.IsBigEndian));
            }

            return [.. bytes];

            ulong Value(int index) => Fields[index].IsLength ? length : Fields[index].IsFree ? values[index] : Fields[index].Constant;
        }

        private static byte[] Put(ulong value, int size, bool isBigEndian)
        {
            byte[] bytes = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            return isBigEndian ? [.. bytes[..size].Reverse()] : bytes[..size];
        }

        // A whole field, or bits that have bytes together; those never stand beside others.
        private static Field[] Group(Random random, bool isBigEndian, bool isTrailer)
        {
            if (isTrailer || random.Next(3) > 0)
            {
                (string type, int bits) = random.GetItems(s_types, 1)[0];
                Field field = Whole(type, bits, isBigEndian, random);
                return [isTrailer ? field with { IsTrailer = true, Attributes = "[Trailer] " + field.Attributes } : field];
            }

            int left = 8 * random.Next(1, 4);
            var run = new List<Field>();
            while (left > 0)
            {
                int count = random.Next(1, Math.Min(left, 16) + 1);
                left -= count;
                string type = random.Next(2) == 0 ? "ushort" : "int";
                run.Add(Role(new Field(type, count, true, isBigEndian, true, false, 0, false, Invariant($"[Bits({count})] ")), random));
            }

            // A whole byte ends the run.
            return [.. run, new Field("byte", 8, false, isBigEndian, true, false, 0, false, "")];
        }

        private static Field Whole(string type, int bits, bool isBigEndian, Random random)
        {
            bool isOther = random.Next(4) == 0;
            string order = !isOther ? "" : isBigEndian ? "[LittleEndian] " : "[BigEndian] ";
            return Role(new Field(type, bits, false, isBigEndian != isOther, true, false, 0, false, order), random);
        }

        // Most belong to the sender; some are constant or reserved.
        private static Field Role(Field field, Random random)
        {
            ulong constant = (ulong)random.Next(256) & field.Mask & (field.Mask >> 1);
            return random.Next(6) switch
            {
                0 => field with { IsFree = false, Constant = constant, Attributes = field.Attributes + Invariant($"[Constant({constant})] ") },
                1 => field with { IsFree = false, Attributes = field.Attributes + "[Reserved] " },
                _ => field,
            };
        }
    }
}
