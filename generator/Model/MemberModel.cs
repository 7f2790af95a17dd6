namespace QContinuum.Generator.Model;

/// <summary>A field, an auto-property or a positional parameter of a message or wire struct: its place on the wire, and how it is used.</summary>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
/// <param name="Parameter">The name of the constructor parameter for it, escaped where it is a keyword.</param>
/// <param name="Type">Its type with <c>global::</c>; empty where generated code cannot name it, or may not use the member.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Wire">The format of a number, or of the elements of an array or part.</param>
/// <param name="IsEnum">Whether a conversion stands between the type and the format.</param>
/// <param name="IsBigEndian">Its byte order; null in a wire struct, for that of what is around it.</param>
/// <param name="Size">Bytes on the wire; 0 for a part of any length, and for all but the first of a run of bit fields.</param>
/// <param name="Segment">The number of the run of fixed members that it belongs to.</param>
/// <param name="Offset">Bytes from the start of that run.</param>
/// <param name="Bits">Where its bits stand, from the start of that run, unless it has bytes of its own.</param>
/// <param name="Element">The full name of the elements of an array, or of a part of numbers.</param>
/// <param name="Count">How many elements an array has.</param>
/// <param name="Part">What a part of any length is, and where it ends.</param>
/// <param name="Constant">The value that it always has.</param>
/// <param name="IsReserved">Whether it is written as zero.</param>
/// <param name="IsOmittable">Whether a body may end before it.</param>
/// <param name="Valid">A pattern that a validated enum must match, or null; for flags, the bits that it may have.</param>
/// <param name="Exposure">Who may see it in the reader.</param>
internal sealed record MemberModel(
    string Name,
    string Parameter,
    string Type,
    MemberKind Kind,
    WireType Wire,
    bool IsEnum,
    bool? IsBigEndian,
    int Size,
    int Segment,
    int Offset,
    BitsModel? Bits,
    string Element,
    int Count,
    PartModel? Part,
    ConstantModel? Constant,
    bool IsReserved,
    bool IsOmittable,
    ValidModel? Valid,
    Exposure Exposure)
{
    public bool IsPart => Kind == MemberKind.Part;

    /// <summary>Whether its value is not the sender's: it is no parameter of the generated constructor.</summary>
    public bool IsDerived => Constant is not null || IsReserved;
}

internal enum MemberKind
{
    /// <summary>A number, bool, enum or Guid; also bits of one.</summary>
    Number,

    /// <summary>A wire struct.</summary>
    Struct,

    /// <summary>An inline array of numbers.</summary>
    NumberArray,

    /// <summary>An inline array of wire structs.</summary>
    StructArray,

    /// <summary>A fixed buffer.</summary>
    FixedBuffer,

    /// <summary>A span, of any length.</summary>
    Part,
}

/// <summary>A part of any length.</summary>
/// <param name="Ends">Where it ends.</param>
/// <param name="IsBytes">Whether it is a span of bytes; otherwise of numbers.</param>
/// <param name="Prefix">Bytes of the length before it.</param>
/// <param name="Unit">Bytes for each unit of the number that says how long it is.</param>
/// <param name="SizedBy">The name of the member or header field that says how long it is, escaped.</param>
/// <param name="SizedByHeader">The format of that header field, where it is one.</param>
/// <param name="IsText">Whether it must be UTF-8.</param>
internal sealed record PartModel(PartEnd Ends, bool IsBytes, int Prefix, int Unit, string SizedBy, HeaderCountModel? SizedByHeader, bool IsText)
{
    /// <summary>Bytes that it takes even when it is empty: its length, or its terminator.</summary>
    public int Overhead => Ends switch
    {
        PartEnd.Prefix => Prefix,
        PartEnd.Zero => 1,
        _ => 0,
    };
}

/// <summary>A header field that says how long a part is.</summary>
internal sealed record HeaderCountModel(string Type, WireType Wire, ulong Max);

internal enum PartEnd
{
    /// <summary>With the body.</summary>
    Rest,

    /// <summary>Where a length before it says.</summary>
    Prefix,

    /// <summary>Before the next zero.</summary>
    Zero,

    /// <summary>Where an earlier member or a header field says.</summary>
    Sized,
}

/// <summary>What a validated enum may be.</summary>
/// <param name="Pattern">The values, as a pattern; empty for flags.</param>
/// <param name="Flags">All bits that are declared.</param>
internal sealed record ValidModel(string Pattern, ulong Flags);
