using System.Buffers.Binary;
using System.Globalization;
using static System.FormattableString;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>
/// A piece of a random layout, of one member or of several that belong together: how a user declares it, and, by plain code, what its values are on
/// the wire. A value is a number in a box, <c>byte[]</c> or <c>T[]</c> for a part, and <c>object[]</c> for a struct or an array.
/// </summary>
internal abstract class RandomItem
{
    private const int MaxElements = 5;
    private const int BitsInByte = 8;

    private static readonly string[] Numbers =
        ["sbyte", "byte", "short", "ushort", "Int24", "UInt24", "int", "uint", "long", "ulong", "Int128", "UInt128", "Half", "float", "double", "Guid", "bool", "E1", "E2", "E4", "E8"];

    private static readonly string[] Integers = ["sbyte", "byte", "short", "ushort", "Int24", "UInt24", "int", "uint", "long", "ulong"];
    private static readonly string[] Elements = ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "Int128", "UInt128", "Half", "float", "double"];

    /// <summary>Its members, named after <paramref name="name"/>.</summary>
    public abstract Member[] Members(string name);

    /// <summary>Bytes of an element where this is a tail; 0 for everything else.</summary>
    public virtual int TailUnit => 0;

    /// <summary>Whether it can be marked as omittable.</summary>
    public virtual bool CanBeOmitted => true;

    public virtual bool IsBits => false;

    /// <summary>Whether only a ref struct can have it.</summary>
    public virtual bool IsPart => false;

    /// <summary>A value for each member, those that the sender does not choose included.</summary>
    public abstract object[] Values(Random random);

    public abstract byte[] Write(object[] values, bool isBigEndian);

    /// <summary>A member of a layout.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Attributes">What stands before it.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="IsChosen">Whether a constructor takes it.</param>
    /// <param name="Make">Makes it of a value: a format with the value as {0}.</param>
    /// <param name="Take">Makes a value of it: likewise.</param>
    public sealed record Member(string Name, string Attributes, string Type, bool IsChosen, string Make, string Take);

    /// <summary>A random item that any layout may have.</summary>
    public static RandomItem Fixed(Random random, RandomTypes types, int depth) => random.Next(depth < 2 ? 9 : 6) switch
    {
        0 => new Bits(random),
        1 => new Constant(random),
        2 => new Reserved(random),
        3 => new Validated(random),
        6 => new Struct(random, types, depth),
        7 => new StructArray(random, types, depth),
        8 => new NumberArray(random, types),
        _ => new Number(random),
    };

    /// <summary>A random item that only a ref struct may have.</summary>
    public static RandomItem Part(Random random) => random.Next(4) switch
    {
        0 => new Terminated(),
        1 => new Counted(random),
        _ => new Prefixed(random),
    };

    public static RandomItem Tail(Random random) => new Rest(random);

    private static (string Attribute, bool? IsBigEndian) Order(Random random) => random.Next(4) switch
    {
        0 => ("[BigEndian] ", true),
        1 => ("[LittleEndian] ", false),
        _ => ("", null),
    };

    private static int SizeOf(string type) => Number.Bytes(Number.Default(type), isBigEndian: false, type).Length;

    private static byte[] Ordered(byte[] littleEndian, bool isBigEndian) => isBigEndian ? [.. littleEndian.Reverse()] : littleEndian;

    private static byte[] Count(ulong count, int size, bool isBigEndian)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, count);
        return Ordered(bytes[..size], isBigEndian);
    }

    private class Number : RandomItem
    {
        public Number(Random random)
            : this(random, Numbers)
        {
        }

        protected Number(Random random, string[] types)
        {
            Type = types[random.Next(types.Length)];
            (Attribute, IsBigEndian) = Order(random);
        }

        public override Member[] Members(string name) => [new(name, Attribute, Type, true, MakeOf(Type), TakeOf(Type))];

        protected string Type { get; }

        protected string Attribute { get; }

        protected bool? IsBigEndian { get; }

        public static string MakeOf(string type) => $"({type})({Box(type)}){{0}}";

        public static string TakeOf(string type) => $"(object)({Box(type)}){{0}}";

        public static object Default(string type) => Of(type, new byte[16]);

        public static object Of(string type, Random random)
        {
            byte[] bits = new byte[16];
            random.NextBytes(bits);
            return Of(type, bits);
        }

        public static byte[] Bytes(object value, bool isBigEndian, string type = "")
        {
            byte[] bytes = new byte[16];
            switch (value)
            {
                case sbyte number: return [(byte)number];
                case byte number: return [number];
                case bool flag: return [flag ? (byte)1 : (byte)0];
                case short number: BinaryPrimitives.WriteInt16LittleEndian(bytes, number); return Ordered(bytes[..2], isBigEndian);
                case ushort number: BinaryPrimitives.WriteUInt16LittleEndian(bytes, number); return Ordered(bytes[..2], isBigEndian);
                case int number: BinaryPrimitives.WriteInt32LittleEndian(bytes, number); return Ordered(bytes[..(type == "Int24" ? 3 : 4)], isBigEndian);
                case uint number: BinaryPrimitives.WriteUInt32LittleEndian(bytes, number); return Ordered(bytes[..(type == "UInt24" ? 3 : 4)], isBigEndian);
                case long number: BinaryPrimitives.WriteInt64LittleEndian(bytes, number); return Ordered(bytes[..8], isBigEndian);
                case ulong number: BinaryPrimitives.WriteUInt64LittleEndian(bytes, number); return Ordered(bytes[..8], isBigEndian);
                case Int128 number: BinaryPrimitives.WriteInt128LittleEndian(bytes, number); return Ordered(bytes, isBigEndian);
                case UInt128 number: BinaryPrimitives.WriteUInt128LittleEndian(bytes, number); return Ordered(bytes, isBigEndian);
                case Half number: BinaryPrimitives.WriteHalfLittleEndian(bytes, number); return Ordered(bytes[..2], isBigEndian);
                case float number: BinaryPrimitives.WriteSingleLittleEndian(bytes, number); return Ordered(bytes[..4], isBigEndian);
                case double number: BinaryPrimitives.WriteDoubleLittleEndian(bytes, number); return Ordered(bytes[..8], isBigEndian);
                case Guid guid: return guid.ToByteArray(isBigEndian);
                default: throw new ArgumentOutOfRangeException(nameof(value), value, null);
            }
        }

        public override object[] Values(Random random) => [Of(Type, random)];

        public override byte[] Write(object[] values, bool isBigEndian) => Bytes(values[0], IsBigEndian ?? isBigEndian, Type);

        // The type of the box.
        private static string Box(string type) => type switch
        {
            "Int24" => "int",
            "UInt24" => "uint",
            "E1" => "sbyte",
            "E2" => "ushort",
            "E4" => "int",
            "E8" => "ulong",
            "V" => "short",
            "F" => "byte",
            _ => type,
        };

        private static object Of(string type, byte[] bits) => Box(type) switch
        {
            "sbyte" => (sbyte)bits[0],
            "byte" => bits[0],
            "bool" => bits[0] > 127,
            "short" => BinaryPrimitives.ReadInt16LittleEndian(bits),
            "ushort" => BinaryPrimitives.ReadUInt16LittleEndian(bits),
            "int" => type == "Int24" ? BinaryPrimitives.ReadInt32LittleEndian(bits) >> BitsInByte : BinaryPrimitives.ReadInt32LittleEndian(bits),
            "uint" => type == "UInt24" ? BinaryPrimitives.ReadUInt32LittleEndian(bits) >> BitsInByte : BinaryPrimitives.ReadUInt32LittleEndian(bits),
            "long" => BinaryPrimitives.ReadInt64LittleEndian(bits),
            "ulong" => BinaryPrimitives.ReadUInt64LittleEndian(bits),
            "Int128" => BinaryPrimitives.ReadInt128LittleEndian(bits),
            "UInt128" => BinaryPrimitives.ReadUInt128LittleEndian(bits),
            "Half" => BinaryPrimitives.ReadHalfLittleEndian(bits),
            "float" => BinaryPrimitives.ReadSingleLittleEndian(bits),
            "double" => BinaryPrimitives.ReadDoubleLittleEndian(bits),
            "Guid" => (object)new Guid(bits),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
    }

    private sealed class Constant : Number
    {
        private readonly object _value;

        public Constant(Random random)
            : base(random, Integers)
            => _value = Of(Type, random);

        public override Member[] Members(string name) => [new(name, $"{Attribute}[Constant({Text})] ", Type, false, MakeOf(Type), TakeOf(Type))];

        private string Text => Convert.ToString(_value, CultureInfo.InvariantCulture) + (_value is ulong ? "UL" : "L");

        public override object[] Values(Random random) => [_value];
    }

    private sealed class Reserved(Random random) : Number(random)
    {
        public override Member[] Members(string name) => [new(name, Attribute + "[Reserved] ", Type, false, MakeOf(Type), TakeOf(Type))];

        public override object[] Values(Random random) => [Default(Type)];
    }

    private sealed class Validated(Random random) : Number(random, ["V", "F"])
    {
        private static readonly short[] Declared = [-300, -1, 0, 1, 2, 7];

        public override Member[] Members(string name) => [new(name, Attribute + "[Validated] ", Type, true, MakeOf(Type), TakeOf(Type))];

        // enum V : short { -300, -1, 0, 1, 2, 7 }; [Flags] enum F : byte { 1, 2, 0x80 }
        public override object[] Values(Random random) => [Type == "V" ? (object)Declared[random.Next(Declared.Length)] : (byte)(random.Next(256) & 0x83)];
    }

    private sealed class Bits : RandomItem
    {
        private readonly string _attribute;
        private readonly bool? _isBigEndian;
        private readonly int _bytes;
        private readonly List<(string Type, int Count)> _fields = [];

        public Bits(Random random)
        {
            (_attribute, _isBigEndian) = Order(random);
            _bytes = random.Next(1, 9);
            for (int left = _bytes * BitsInByte; left > 0;)
            {
                string type = random.Next(4) == 0 ? "bool" : Integers[random.Next(Integers.Length)];
                int most = type == "bool" ? 1 : SizeOf(type) * BitsInByte;
                int count = random.Next(1, Math.Min(most, left) + 1);
                _fields.Add((type, count));
                left -= count;
            }
        }

        public override bool IsBits => true;

        public override Member[] Members(string name)
            => [.. _fields.Select((field, index) => new Member(Invariant($"{name}_{index}"), Invariant($"{(index == 0 ? _attribute : "")}[Bits({field.Count})] "), field.Type, true, Number.MakeOf(field.Type), Number.TakeOf(field.Type)))];

        public override object[] Values(Random random) => [.. _fields.Select(field => Value(field.Type, field.Count, (UInt128)random.NextInt64() << 32 ^ (UInt128)random.NextInt64()))];

        public override byte[] Write(object[] values, bool isBigEndian)
        {
            bool order = _isBigEndian ?? isBigEndian;
            UInt128 number = 0;
            int before = 0;
            for (int index = 0; index < values.Length; index++)
            {
                UInt128 bits = (UInt128)Integer(values[index]) & ((UInt128.One << _fields[index].Count) - 1);
                number |= bits << (order ? (_bytes * BitsInByte) - before - _fields[index].Count : before);
                before += _fields[index].Count;
            }

            return Count((ulong)number, _bytes, order);
        }

        private static Int128 Integer(object value) => value switch
        {
            bool flag => flag ? 1 : 0,
            ulong number => number,
            _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        };

        private static object Value(string type, int count, UInt128 bits)
        {
            ulong value = (ulong)(bits & ((UInt128.One << count) - 1));
            long signed = (long)(value << (64 - count)) >> (64 - count);
            return type switch
            {
                "bool" => value != 0,
                "sbyte" => (sbyte)signed,
                "byte" => (byte)value,
                "short" => (short)signed,
                "ushort" => (ushort)value,
                "Int24" or "int" => (int)signed,
                "UInt24" or "uint" => (uint)value,
                "long" => signed,
                _ => (object)value,
            };
        }
    }

    private sealed class Struct(Random random, RandomTypes types, int depth) : RandomItem
    {
        private readonly RandomTypes.Struct _type = types.AddStruct(random, depth);
        private readonly (string Attribute, bool? IsBigEndian) _order = Order(random);

        public override Member[] Members(string name) => [new(name, _order.Attribute, _type.Name, true, _type.Make, _type.Take)];

        public override object[] Values(Random random) => [_type.Value(random)];

        public override byte[] Write(object[] values, bool isBigEndian) => _type.Write((object[])values[0], _order.IsBigEndian ?? isBigEndian);
    }

    private sealed class StructArray : RandomItem
    {
        private readonly RandomTypes.Struct _type;
        private readonly RandomTypes.Named _array;
        private readonly int _count;
        private readonly (string Attribute, bool? IsBigEndian) _order;

        public StructArray(Random random, RandomTypes types, int depth)
        {
            _type = types.AddStruct(random, depth);
            _count = random.Next(1, MaxElements);
            _array = types.AddArray(_type.Name, _count, _type.Make, _type.Take);
            _order = Order(random);
        }

        public override Member[] Members(string name) => [new(name, _order.Attribute, _array.Name, true, _array.Make, _array.Take)];

        public override object[] Values(Random random) => [Enumerable.Range(0, _count).Select(_ => (object)_type.Value(random)).ToArray()];

        public override byte[] Write(object[] values, bool isBigEndian)
            => [.. ((object[])values[0]).SelectMany(value => _type.Write((object[])value, _order.IsBigEndian ?? isBigEndian))];
    }

    private sealed class NumberArray : RandomItem
    {
        private readonly string _type;
        private readonly RandomTypes.Named _array;
        private readonly int _count;
        private readonly (string Attribute, bool? IsBigEndian) _order;

        public NumberArray(Random random, RandomTypes types)
        {
            _type = Elements[random.Next(Elements.Length)];
            _count = random.Next(1, MaxElements);
            _array = types.AddArray(_type, _count, Number.MakeOf(_type), Number.TakeOf(_type));
            _order = Order(random);
        }

        public override Member[] Members(string name) => [new(name, _order.Attribute, _array.Name, true, _array.Make, _array.Take)];

        public override object[] Values(Random random) => [Enumerable.Range(0, _count).Select(_ => Number.Of(_type, random)).ToArray()];

        public override byte[] Write(object[] values, bool isBigEndian)
            => [.. ((object[])values[0]).SelectMany(value => Number.Bytes(value, _order.IsBigEndian ?? isBigEndian))];
    }

    /// <summary>A part of bytes, or of numbers.</summary>
    private abstract class Span(Random random) : RandomItem
    {
        private readonly string? _element = random.Next(2) == 0 ? null : Elements[random.Next(Elements.Length)];

        public override bool IsPart => true;

        protected (string Attribute, bool? IsBigEndian) PartOrder { get; } = Order(random);

        protected int Unit => _element is null ? 1 : SizeOf(_element);

        protected object[] Value(Random random)
        {
            int count = random.Next(MaxElements + 1);
            return Enumerable.Range(0, count).Select(_ => Number.Of(_element ?? "byte", random)).ToArray();
        }

        protected Member Part(string name, string attributes)
            => _element is null
                ? new(name, PartOrder.Attribute + attributes, "ReadOnlySpan<byte>", true, "((object[]){0}).Cast<byte>().ToArray()", "(object){0}.ToArray().Cast<object>().ToArray()")
                : new(name, PartOrder.Attribute + attributes, $"WireSpan<{_element}>", true, $"((object[]){{0}}).Cast<{_element}>().ToArray()", "(object){0}.ToArray().Cast<object>().ToArray()");

        protected byte[] Bytes(object value, bool isBigEndian) => [.. ((object[])value).SelectMany(element => Number.Bytes(element, PartOrder.IsBigEndian ?? isBigEndian))];
    }

    private sealed class Prefixed(Random random) : Span(random)
    {
        private readonly int _size = random.Next(1, 5);
        private readonly bool _countsElements = random.Next(2) == 0;

        public override Member[] Members(string name) => [Part(name, Invariant($"[LengthPrefix({_size}{(_countsElements ? ", CountsElements = true" : "")})] "))];

        public override object[] Values(Random random) => [Value(random)];

        public override byte[] Write(object[] values, bool isBigEndian)
        {
            byte[] part = Bytes(values[0], isBigEndian);
            return [.. Count((ulong)(_countsElements ? part.Length / Unit : part.Length), _size, PartOrder.IsBigEndian ?? isBigEndian), .. part];
        }
    }

    private sealed class Terminated : RandomItem
    {
        public override bool IsPart => true;

        public override Member[] Members(string name)
            => [new(name, "[ZeroTerminated] ", "ReadOnlySpan<byte>", true, "((object[]){0}).Cast<byte>().ToArray()", "(object){0}.ToArray().Cast<object>().ToArray()")];

        public override object[] Values(Random random) => [Enumerable.Range(0, random.Next(MaxElements)).Select(_ => (object)(byte)random.Next(1, 256)).ToArray()];

        public override byte[] Write(object[] values, bool isBigEndian) => [.. ((object[])values[0]).Cast<byte>(), 0];
    }

    /// <summary>A count, a number, and the part that it counts.</summary>
    private sealed class Counted(Random random) : Span(random)
    {
        private readonly string _count = Integers[random.Next(Integers.Length)];
        private readonly (string Attribute, bool? IsBigEndian) _countOrder = Order(random);
        private readonly bool _countsElements = random.Next(2) == 0;
        private readonly Number _between = new(random);

        public override bool CanBeOmitted => false;

        public override Member[] Members(string name) =>
        [
            new(name + "_count", _countOrder.Attribute, _count, false, Number.MakeOf(_count), Number.TakeOf(_count)),
            .. _between.Members(name + "_between"),
            Part(name, $"[{(_countsElements ? "CountedBy" : "SizedBy")}(\"{name}_count\")] "),
        ];

        public override object[] Values(Random random)
        {
            object[] value = Value(random);
            int count = value.Length * (_countsElements ? 1 : Unit);
            object number = _count switch
            {
                "Int24" => count,
                "UInt24" => (uint)count,
                _ => Convert.ChangeType(count, Number.Default(_count).GetType(), CultureInfo.InvariantCulture),
            };
            return [number, .. _between.Values(random), value];
        }

        public override byte[] Write(object[] values, bool isBigEndian)
            => [.. Number.Bytes(values[0], _countOrder.IsBigEndian ?? isBigEndian, _count), .. _between.Write([values[1]], isBigEndian), .. Bytes(values[2], isBigEndian)];
    }

    private sealed class Rest(Random random) : Span(random)
    {
        public override int TailUnit => Unit;

        public override bool CanBeOmitted => false;

        public override Member[] Members(string name) => [Part(name, "[Tail] ")];

        public override object[] Values(Random random) => [Value(random)];

        public override byte[] Write(object[] values, bool isBigEndian) => Bytes(values[0], isBigEndian);
    }
}
