using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>The formats that a fixed-size member can have; their names are those of the methods of <c>QContinuum.Protocol.Wire</c>.</summary>
internal enum WireType
{
    /// <summary>None: the type is not supported.</summary>
    None,
    SByte,
    Byte,
    Boolean,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
}

internal static class WireTypes
{
    /// <summary>Bytes on the wire.</summary>
    public static int Size(this WireType type) => type switch
    {
        WireType.SByte or WireType.Byte or WireType.Boolean => 1,
        WireType.Int16 or WireType.UInt16 => 2,
        WireType.Int32 or WireType.UInt32 or WireType.Single => 4,
        WireType.Int64 or WireType.UInt64 or WireType.Double => 8,
        _ => 0,
    };

    /// <summary>The C# keyword of the format, which is the type that an enum is converted to.</summary>
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
            _ => WireType.None,
        };
    }
}
