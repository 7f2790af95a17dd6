using System.Reflection;

namespace QContinuum.Interleavings.Tests.Support;

/// <summary>What an object keeps for itself, for a run to share.</summary>
internal static class Inner
{
    internal static object Of(object owner, string field) => Field(owner, field).GetValue(owner)!;

    internal static void Set(object owner, string field, object value) => Field(owner, field).SetValue(owner, value);

    private static FieldInfo Field(object owner, string name)
        => owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(owner.GetType().Name, name);
}
