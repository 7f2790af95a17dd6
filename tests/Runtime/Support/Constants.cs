using System.Globalization;
using System.Reflection;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Numbers that the runtime keeps to itself.</summary>
internal static class Constants
{
    private const BindingFlags Private = BindingFlags.NonPublic | BindingFlags.Static;

    /// <summary>The value of a private constant, or of a private static property.</summary>
    public static long Of(Type type, string name)
    {
        object? value = type.GetField(name, Private)?.GetRawConstantValue() ?? type.GetProperty(name, Private)?.GetValue(null);
        Assert.True(value is not null, $"{type.Name} has no {name}.");
        return Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }
}
