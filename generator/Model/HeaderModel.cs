namespace QContinuum.Generator.Model;

/// <summary>A struct with [Header]: what frames, reads and writes it is made of.</summary>
/// <param name="Type">The struct.</param>
/// <param name="Name">The name that documentation shows.</param>
/// <param name="Fields">Its fields, in the order of the wire; those of the trailer are the last.</param>
/// <param name="Size">Bytes before the body.</param>
/// <param name="TrailerSize">Bytes behind the body.</param>
/// <param name="BodyOffset">Where the body begins that a length counts: before an id in the body.</param>
/// <param name="MaxBody">The longest body behind the header that can be framed, in bytes.</param>
/// <param name="Framer">The name of the method that measures frames, escaped; null where a length does, or nothing.</param>
/// <param name="FreeFields">Indices of the fields that the generated constructor takes; none where there is no such constructor.</param>
/// <param name="BrokenRule">The first rule that the declaration breaks; then members that throw stand in for the real ones.</param>
internal sealed record HeaderModel(
    TypeModel Type,
    string Name,
    EquatableArray<HeaderFieldModel> Fields,
    int Size,
    int TrailerSize,
    int BodyOffset,
    int MaxBody,
    string? Framer,
    EquatableArray<int> FreeFields,
    string? BrokenRule)
{
    public IEnumerable<HeaderFieldModel> Before => Fields.Where(static one => !one.IsTrailer);

    public IEnumerable<HeaderFieldModel> Trailer => Fields.Where(static one => one.IsTrailer);

    public IEnumerable<HeaderFieldModel> Ids => Fields.Where(static one => one.IdMask is not null);

    public IEnumerable<HeaderFieldModel> Lengths => Fields.Where(static one => one.Length is not null);

    public IEnumerable<HeaderFieldModel> Checksums => Fields.Where(static one => one.Checksum is not null);

    public HeaderFieldModel? Correlation => Fields.FirstOrDefault(static one => one.IsCorrelation);

    /// <summary>The field that tells a reply, by a flag or by a constant of its own.</summary>
    public HeaderFieldModel? ReplyFlag => Fields.FirstOrDefault(static one => one.ReplyMask is not null || one.Constant is { Reply: not null });

    public HeaderFieldModel? Fault => Fields.FirstOrDefault(static one => one.FaultMask is not null);
}

/// <summary>A field of a header.</summary>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
/// <param name="Parameter">The name of its parameter in the generated constructor, escaped where it is a keyword.</param>
/// <param name="Type">Its type with <c>global::</c>.</param>
/// <param name="Wire">Its format.</param>
/// <param name="IsEnum">Whether a conversion stands between the type and the format.</param>
/// <param name="Offset">Bytes from the start of the frame, or of the trailer.</param>
/// <param name="IsBigEndian">Its byte order.</param>
/// <param name="Bits">Where its bits stand, unless it has bytes of its own.</param>
/// <param name="IsTrailer">Whether it stands behind the body.</param>
/// <param name="IsReserved">Whether it is written as zero.</param>
/// <param name="IsCorrelation">Whether it ties a reply to its request.</param>
/// <param name="IsCopied">Whether a reply copies it.</param>
/// <param name="Constant">The value that it always has.</param>
/// <param name="Repeats">The name of the field that it repeats, escaped.</param>
/// <param name="IdMask">The bits that are part of the id; null for none.</param>
/// <param name="ReplyMask">The bits that are set in replies; null for none.</param>
/// <param name="FaultMask">The bits of which one is set in a fault; null for none.</param>
/// <param name="IsStatus">Whether the sender of a fault chooses what those bits are.</param>
/// <param name="Length">What it says of the length of the frame.</param>
/// <param name="Checksum">What it is the checksum of.</param>
internal sealed record HeaderFieldModel(
    string Name,
    string Parameter,
    string Type,
    WireType Wire,
    bool IsEnum,
    int Offset,
    bool IsBigEndian,
    BitsModel? Bits,
    bool IsTrailer,
    bool IsReserved,
    bool IsCorrelation,
    bool IsCopied,
    ConstantModel? Constant,
    string? Repeats,
    ulong? IdMask,
    ulong? ReplyMask,
    ulong? FaultMask,
    bool IsStatus,
    LengthModel? Length,
    ChecksumModel? Checksum)
{
    /// <summary>Bits of the field.</summary>
    public int Width => Bits?.Count ?? Wire.Size() * 8;

    /// <summary>Bytes of a field that has bytes of its own.</summary>
    public int Bytes => Wire.Size();
}

/// <summary>The value of a constant, and the one that replies have instead.</summary>
internal sealed record ConstantModel(ulong Value, ulong? Reply);

/// <summary>Bytes of a body for a value: <c>value × Scale + Offset</c>, the offset being that of the first length.</summary>
/// <param name="Scale">Bytes for each unit.</param>
/// <param name="Offset">Bytes of the body when the value is zero; mostly negative or zero.</param>
internal sealed record LengthModel(int Scale, long Offset);

/// <summary>What a checksum is computed of.</summary>
/// <param name="Algorithm">The name of the value of <c>ChecksumAlgorithm</c>.</param>
/// <param name="Over">The value of <c>ChecksumOver</c>.</param>
/// <param name="From">The offset in the frame before which nothing is covered.</param>
internal sealed record ChecksumModel(string Algorithm, ChecksumRange Over, int From);

/// <summary>The values of <c>QContinuum.ChecksumOver</c>, in their order.</summary>
internal enum ChecksumRange
{
    Default,
    Header,
    Body,
    HeaderAndBody,
}
