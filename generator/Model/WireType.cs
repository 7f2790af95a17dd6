using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>The formats that a fixed-size member can have; their names are those of the methods of <c>QContinuum.Protocol.Wire</c>.</summary>
internal enum WireType
{
    /// <summary>None: the type is not supported.</summary>
    None,
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int24,
    UInt24,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Int128,
    UInt128,
    Half,
    Single,
    Double,
    Guid,
}

internal static class WireTypes
{
    /// <summary>Bytes on the wire.</summary>
    public static int Size(this WireType type) => type switch
    {
        WireType.SByte or WireType.Byte or WireType.Boolean => 1,
        WireType.Int16 or WireType.UInt16 or WireType.Half => 2,
        WireType.Int24 or WireType.UInt24 => 3,
        WireType.Int32 or WireType.UInt32 or WireType.Single => 4,
        WireType.Int64 or WireType.UInt64 or WireType.Double => 8,
        WireType.Int128 or WireType.UInt128 or WireType.Guid => 16,
        _ => 0,
    };

    /// <summary>Whether it is an integer: what can be a length, an id, a count or a constant.</summary>
    public static bool IsInteger(this WireType type) => type is >= WireType.SByte and <= WireType.UInt128;

    /// <summary>Whether it is an integer of at most 8 bytes.</summary>
    public static bool IsSmallInteger(this WireType type) => type.IsInteger() && type.Size() <= sizeof(ulong);

    public static bool IsSigned(this WireType type)
        => type is WireType.SByte or WireType.Int16 or WireType.Int24 or WireType.Int32 or WireType.Int64 or WireType.Int128;

    /// <summary>The end of the name of the method that reads or writes it: one byte has no order.</summary>
    public static string MethodName(this WireType type, bool isBigEndian) => type + (isBigEndian && type.Size() > 1 ? "BigEndian" : "");

    /// <summary>The C# keyword of the format, or its full name: the type that an enum is converted to.</summary>
    public static string Keyword(this WireType type) => type switch
    {
        WireType.SByte => "sbyte",
        WireType.Byte => "byte",
        WireType.Boolean => "bool",
        WireType.Int16 => "short",
        WireType.UInt16 => "ushort",
        WireType.Int32 => "int",
        WireType.UInt32 => "uint",
        WireType.Int64 => "long",
        WireType.UInt64 => "ulong",
        WireType.Single => "float",
        WireType.Double => "double",
        WireType.Int24 => "global::QContinuum.Int24",
        WireType.UInt24 => "global::QContinuum.UInt24",
        WireType.Int128 => "global::System.Int128",
        WireType.UInt128 => "global::System.UInt128",
        WireType.Half => "global::System.Half",
        WireType.Guid => "global::System.Guid",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The format of a type: that of the underlying type for an enum, <see cref="WireType.None"/> where there is none.</summary>
    public static WireType Of(ITypeSymbol type)
    {
        if (!type.CanBeNamed())
        {
            // An enum that is local to a file: what is generated is another file.
            return WireType.None;
        }

        ITypeSymbol number = type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : type;
        return number.SpecialType switch
        {
            SpecialType.System_SByte => WireType.SByte,
            SpecialType.System_Byte => WireType.Byte,
            SpecialType.System_Boolean => WireType.Boolean,
            SpecialType.System_Int16 => WireType.Int16,
            SpecialType.System_UInt16 => WireType.UInt16,
            SpecialType.System_Int32 => WireType.Int32,
            SpecialType.System_UInt32 => WireType.UInt32,
            SpecialType.System_Int64 => WireType.Int64,
            SpecialType.System_UInt64 => WireType.UInt64,
            SpecialType.System_Single => WireType.Single,
            SpecialType.System_Double => WireType.Double,
            _ => OfName(number),
        };
    }

    private static WireType OfName(ITypeSymbol type) => type switch
    {
        _ when type.Is(Known.Root, "Int24") => WireType.Int24,
        _ when type.Is(Known.Root, "UInt24") => WireType.UInt24,
        _ when type.Is("System", "Int128") => WireType.Int128,
        _ when type.Is("System", "UInt128") => WireType.UInt128,
        _ when type.Is("System", "Half") => WireType.Half,
        _ when type.Is("System", "Guid") => WireType.Guid,
        _ => WireType.None,
    };
}
