using System.ComponentModel;

namespace QContinuum.Protocol;

/// <summary>How generated code reaches a struct within a message: implemented by generated code on every type with <see cref="WireStructAttribute"/>.</summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWireStruct<TSelf>
    where TSelf : struct, IWireStruct<TSelf>
{
    /// <summary>Bytes on the wire.</summary>
    static abstract int Size { get; }

    /// <summary>Whether the bytes are one: constants and validated enums have values that they may have.</summary>
    /// <param name="origin">The first byte; <see cref="Size"/> bytes are there.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    static virtual bool IsValid(ref readonly byte origin, bool isBigEndian) => true;

    /// <summary>Reads one.</summary>
    /// <param name="origin">The first byte; <see cref="Size"/> bytes are there.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    static abstract TSelf Read(ref readonly byte origin, bool isBigEndian);

    /// <summary>Writes one.</summary>
    /// <param name="origin">The first byte; there is room for <see cref="Size"/> bytes.</param>
    /// <param name="value">The value.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    static abstract void Write(ref byte origin, scoped in TSelf value, bool isBigEndian);
}
