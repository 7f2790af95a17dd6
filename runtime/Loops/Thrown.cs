namespace QContinuum.Loops;

/// <summary>What an exception of the application says, for the log.</summary>
internal static class Thrown
{
    /// <summary>The text of an exception. It may be made only now, by code that throws as well: then its type has to do.</summary>
    internal static string Text(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
        catch (Exception another)
        {
            return $"{exception.GetType()}, whose text cannot be made: {another.GetType()}";
        }
    }
}
