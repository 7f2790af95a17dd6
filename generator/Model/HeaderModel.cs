namespace QContinuum.Generator.Model;

/// <summary>A type with [Header]: what frames, reads and writes it is made of.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">The name that a message to the user shows.</param>
/// <param name="Fields">All fields in the order of the wire, those of the trailer last.</param>
/// <param name="Size">Bytes before the body.</param>
/// <param name="TrailerSize">Bytes behind the body.</param>
/// <param name="MaxBody">The longest body that can be framed, in bytes.</param>
/// <param name="Length">How the length is counted; null where nothing says it.</param>
/// <param name="Framer">The method that measures frames instead.</param>
/// <param name="HasFreeConstructor">Whether there is a constructor of the fields that the sender chooses.</param>
/// <param name="BrokenRule">The first rule that the declaration breaks; then members that throw stand in for the real ones.</param>
internal sealed record HeaderModel(
    TypeModel Type,
    string Name,
    EquatableArray<HeaderFieldModel> Fields,
    int Size,
    int TrailerSize,
    int MaxBody,
    LengthModel? Length,
    string? Framer,
    bool HasFreeConstructor,
    string? BrokenRule);

/// <summary>How the values of the length fields become the length of a frame.</summary>
/// <param name="Offset">Bytes of the body where all values are zero; negative where they count part of the header.</param>
internal sealed record LengthModel(long Offset);

/// <summary>A field of a header.</summary>
/// <param name="Name">Its name, escaped.</param>
/// <param name="Parameter">Its name in the constructor of the free fields, escaped.</param>
/// <param name="Type">Its type with <c>global::</c>; empty where it cannot be named.</param>
/// <param name="Wire">Its format.</param>
/// <param name="IsEnum">Whether it is an enum.</param>
/// <param name="IsBigEndian">Its byte order.</param>
/// <param name="Offset">Its offset, in bytes: from the header, or from the trailer for a field of that.</param>
/// <param name="Bits">Its place in a run of bit fields.</param>
/// <param name="Roles">What it is for.</param>
/// <param name="Masks">The bits that its roles own, shifted to its own lowest bit.</param>
/// <param name="Constant">The value that it always has.</param>
/// <param name="ReplyConstant">The value that it has in replies.</param>
/// <param name="Scale">Bytes for each unit of its length.</param>
/// <param name="Repeats">The index of the field that it repeats; -1 for none.</param>
/// <param name="Checksum">The checksum that it holds.</param>
internal sealed record HeaderFieldModel(
    string Name,
    string Parameter,
    string Type,
    WireType Wire,
    bool IsEnum,
    bool IsBigEndian,
    int Offset,
    BitsModel? Bits,
    HeaderRoles Roles,
    HeaderMasks Masks,
    ulong? Constant,
    ulong? ReplyConstant,
    int Scale,
    int Repeats,
    ChecksumModel? Checksum)
{
    /// <summary>Bits on the wire.</summary>
    public int Width => Bits?.Count ?? Wire.Size() * 8;

    /// <summary>All of its bits, for a field of up to 64.</summary>
    public ulong AllBits => HeaderMasks.Low(Width);

    public bool Is(HeaderRoles role) => (Roles & role) != 0;

    /// <summary>Whether the sender chooses its value: nothing else decides it.</summary>
    public bool IsFree => !Is(HeaderRoles.Derived) && !(Is(HeaderRoles.Fault) && Masks.SetsFault);
}

/// <summary>What a field of a header is for.</summary>
[Flags]
internal enum HeaderRoles
{
    None = 0,
    Length = 1,
    Repeats = 2,
    Constant = 4,
    Reserved = 8,
    MessageId = 16,
    Correlation = 32,
    ReplyFlag = 64,
    Fault = 128,
    Copied = 256,
    Checksum = 512,
    Trailer = 1024,
    InBody = 2048,

    /// <summary>Roles of which a field has one at most.</summary>
    Exclusive = Length | Repeats | Constant | Reserved | MessageId | Correlation | Checksum,

    /// <summary>Roles whose values are not the sender's.</summary>
    Derived = Exclusive | ReplyFlag,

    /// <summary>Roles that a field of a trailer cannot have.</summary>
    NotInTrailer = Length | MessageId | Correlation | ReplyFlag | Fault | Copied,
}

/// <summary>The bits of a field that belong to its roles; zero for roles that it does not have.</summary>
/// <param name="Id">Those of the id.</param>
/// <param name="Reply">Those of the reply flag.</param>
/// <param name="Fault">Those that are not zero in a fault.</param>
/// <param name="SetsFault">Whether they are set when a fault is sent: a status is left to the sender.</param>
internal sealed record HeaderMasks(ulong Id, ulong Reply, ulong Fault, bool SetsFault)
{
    public static ulong Low(int bits) => bits >= 64 ? ulong.MaxValue : (1UL << bits) - 1;
}

/// <summary>A checksum in a header or trailer.</summary>
/// <param name="Algorithm">The name of the algorithm.</param>
/// <param name="Over">What it covers.</param>
/// <param name="From">The offset in the frame before which nothing is covered.</param>
/// <param name="Order">When it is computed: after those that it covers.</param>
internal sealed record ChecksumModel(string Algorithm, ChecksumCover Over, int From, int Order);

/// <summary>The values of <c>QContinuum.ChecksumOver</c>.</summary>
internal enum ChecksumCover
{
    Default,
    Header,
    Body,
    HeaderAndBody,
}
