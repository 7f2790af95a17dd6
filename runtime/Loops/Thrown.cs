namespace QContinuum.Loops;

/// <summary>What an exception of the application says, for the log. Its text may be made only now, by code that throws as well: then its type has to do.</summary>
internal static class Thrown
{
    /// <summary>All there is: with where it was thrown.</summary>
    internal static string Text(Exception exception) => Made(exception, static one => one.ToString());

    /// <summary>The message alone.</summary>
    internal static string Message(Exception exception) => Made(exception, static one => one.Message);

    private static string Made(Exception exception, Func<Exception, string> make)
    {
        try
        {
            return make(exception);
        }
        catch (Exception another)
        {
            return $"{exception.GetType()}, whose text cannot be made: {another.GetType()}";
        }
    }
}
